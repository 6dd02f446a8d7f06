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
  {
    id: 'disconnect.bpmn choose-disconnect-failed: value: ${false} -> ${true}',
    reason: 'What stood there held secrets and is overwritten; nothing reads it after a failure.',
  },
  {
    id: "disconnect.bpmn choose-disconnect-failed: script field: output.failure ?? { kind: 'script-missing', error: content.output?.code }); -> output.failure ?? { error: content.output?.code });",
    reason: 'The script that explains says the same of a failure without a kind.',
  },
];
