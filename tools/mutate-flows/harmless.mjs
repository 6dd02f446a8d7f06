/**
 * Changes that no test needs to find, each with its reason. `id` is the mutant's name, as `npm run mutate:flows` prints it.
 *
 * @type {readonly { id: string, reason: string }[]}
 */
export const HARMLESS = [
  {
    id: 'shared judge-answer: script return: null -> undefined (3)',
    reason: 'What is returned is only asked whether there is one; neither is.',
  },
];
