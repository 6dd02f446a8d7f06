import { run } from './asks.js';
import type { Answers } from './harness.js';
import { clientTokens, SECRET, Settings, storedToken } from './world.js';

const CODE = { code: SECRET.code, redirectURI: 'http://localhost:2022' };
/** The first write is lost on its way, so that the store is looked at. */
const lostWrite: Answers = { 'save-token': [{ kind: 'cut-before' }, 'passes'] };
const needsPerson = { statusCode: 502, body: { error: { message: 'Why it failed. [refused]' } } };

/** What a call can come to. */
export const outcomes: readonly (readonly [string, Answers[string]])[] = [
  ['that is answered', 'passes'],
  ['that is refused', { statusCode: 403, body: '{}' }],
  ['that is not answered', { fails: 'ECONNRESET' }],
  ['that hangs', 'hangs'],
];

/** Runs a flow in which a task comes to an outcome. @returns what the task says of it, and its line of milestones.txt */
export async function milestoneOf(
  flow: string,
  task: string,
  [name, answer]: (typeof outcomes)[number],
) {
  const settings = new Settings(storedToken());
  settings.change({ _fortnox_alert_email: 'ops@example.com' });
  const usual: Answers = {
    'run-refresh': task === 'send-mail' ? needsPerson : { statusCode: 200, body: {} },
    'send-mail': { statusCode: 200, body: {} },
    ...(task === 'look-at-store' && lostWrite),
  };
  const given = answer === 'passes' ? (usual[task] ?? answer) : answer;
  const done = await run(
    flow,
    settings.answers({ ...usual, 'ask-fortnox:client': clientTokens(), [task]: given }),
    { input: { ...CODE, scopes: 'customer', replaceCompany: true } },
  );
  const own = done.milestones.filter(({ id }) => id === task);
  const begun = own.find((milestone) => milestone.name !== undefined);
  const ended = own.find(({ result }) => result !== undefined);
  const seconds = Math.round(((ended?.at ?? 0) - (begun?.at ?? 0)) * 10) / 10;
  const told = JSON.stringify(ended?.result);
  const line = `${flow}: "${begun?.name}" (${task}) ${name}: ${told} after ${seconds} s`;
  return { result: ended?.result, line };
}
