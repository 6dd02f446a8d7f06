import { cpSync, readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hubElements } from '../../sandbox/engine/flow.js';
import { startSandbox } from '../../sandbox/sandbox.js';
import { run } from './asks.js';
import { CLIENT, root } from './flow-world.js';
import type { Answers } from './harness.js';
import { clientTokens, refusal, Settings, secondsFromStart, storedToken, tokens } from './world.js';

const KEY = 'fortnox-refresh-access-token';

describe('given the same faults with and without the short cut for ways that are not taken', () => {
  test.each<[string, Answers]>([
    ['nothing wrong', { 'ask-fortnox:refresh': tokens() }],
    [
      'a dead refresh token',
      { 'ask-fortnox:refresh': refusal('invalid_grant'), 'ask-fortnox:client': clientTokens() },
    ],
    ['an outage', { 'ask-fortnox:refresh': { statusCode: 503, body: '' } }],
    ['a save that fails', { 'ask-fortnox:refresh': tokens(), 'save-token': 'hangs' }],
  ])('%s takes the same way to the same end', async (_name, answers) => {
    const settings = () => new Settings(storedToken());
    const short = await run(KEY, settings().answers(answers));
    const whole = await run(KEY, settings().answers(answers), {}, { elements: hubElements });
    expect(whole.way).toEqual(short.way);
    expect(whole.calls).toEqual(short.calls);
    expect({ ok: whole.ok, output: whole.output, error: whole.error }).toEqual({
      ok: short.ok,
      output: short.output,
      error: short.error,
    });
  });
});

test("given the Hub's own script host and the real clock, a refresh ends as it does on the simulated one", async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.stop());
  const issued = sandbox.fortnox.connect(CLIENT, 'customer', true);
  const write = (key: string, type: string, value: unknown) =>
    sandbox.settings().post({ key, type, value, tag: ['fortnox'], role: ['admin'] });
  write('_fortnox_app_clientid', 'string', CLIENT.id);
  write('_fortnox_app_clientsecret', 'password', CLIENT.secret);
  write('_fortnox_access_token', 'object', { ...issued, timestamp: secondsFromStart(0) });
  cpSync(`${root}/flows`, `${sandbox.resourcesDir}/flows`, { recursive: true });
  cpSync(`${root}/resources`, sandbox.resourcesDir, { recursive: true });
  sandbox.config().import(JSON.parse(readFileSync(`${root}/config.json`, 'utf8')));
  const done = await sandbox.workflows().run(KEY, {}, sandbox.token);
  expect(done.error).toBeUndefined();
  const { access_token } = done.output.output as { access_token: string };
  expect(sandbox.fortnox.isAccessTokenValid(access_token)).toBe(true);
  const stored = JSON.parse(String(sandbox.settings().get('_fortnox_access_token')?.value));
  expect(stored).toMatchObject({ access_token, refresh_token: expect.any(String) });
});
