/**
 * Changes that no test needs to find, each with its reason. `id` is the mutant's name, as `npm run mutate:flows` prints it.
 *
 * @type {readonly { id: string, reason: string }[]}
 */
export const HARMLESS = [];
