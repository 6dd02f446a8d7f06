/**
 * Changes that no test needs to find, each with its reason. `id` is the mutant's name, as `npm run mutate:flows` prints it.
 *
 * @type {readonly { id: string, reason: string }[]}
 */
export const HARMLESS = [
  {
    id: 'shared judge-answer: script return: null -> undefined',
    reason:
      'A body that is no JSON: it is only asked whether it is an object that is not null; neither is.',
  },
  {
    id: 'shared judge-answer: script return: null -> undefined (2)',
    reason: 'A token that tells no tenant id: what is stored is it, or the one before, or null.',
  },
  {
    id: 'shared judge-answer: script return: null -> undefined (3)',
    reason: 'What is returned is only asked whether there is one; neither is.',
  },
  {
    id: 'shared plan-save: script return: false -> undefined',
    reason: 'isNewer is only asked in a condition, once; both are no.',
  },
  {
    id: 'shared plan-save: script return: false -> undefined (2)',
    reason: 'isNewer is only asked in a condition, once; both are no.',
  },
  {
    id: 'check-consent.js return: false -> undefined',
    reason: 'canSeal is only asked in a condition, once; both are no.',
  },
  {
    id: 'check-consent.js return: 0 -> undefined',
    reason:
      'sealedAt is only asked whether there is a time, and compared where there is one; neither is one.',
  },
  {
    id: 'read-settings.js return: null -> undefined (2)',
    reason:
      'A text that is no JSON: it is only asked whether it is an object that is not null; neither is.',
  },
];
