import { describe, expect, test } from 'vitest';
import { run } from './asks.js';
import type { Answers } from './harness.js';
import { serviceTasks } from './service-tasks.js';
import { clientTokens, SECRET, Settings, storedToken } from './world.js';

const CODE = { code: SECRET.code, redirectURI: 'http://localhost:2022' };
/** The first write is lost on its way, so that the store is looked at. */
const lostWrite: Answers = { 'save-token': [{ kind: 'cut-before' }, 'passes'] };
const needsPerson = { statusCode: 502, body: { error: { message: 'Why it failed. [refused]' } } };

const milestones: string[] = [];

describe.each(await serviceTasks())('the milestone of $flow: $task', ({ flow, task }) => {
  test.each<[string, Answers[string]]>([
    ['that is answered', 'passes'],
    ['that is refused', { statusCode: 403, body: '{}' }],
    ['that is not answered', { fails: 'ECONNRESET' }],
    ['that hangs', 'hangs'],
  ])('%s', async (name, answer) => {
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
    milestones.push(`${flow}: "${begun?.name}" (${task}) ${name}: ${told} after ${seconds} s`);
    expect(ended?.result?.done === true).toBe(answer === 'passes');
    expect(ended?.result?.error === true).toBe(answer !== 'passes');
  });
});

test('the milestones say what happened', async () => {
  await expect(`${milestones.join('\n')}\n`).toMatchFileSnapshot('milestones.txt');
});
