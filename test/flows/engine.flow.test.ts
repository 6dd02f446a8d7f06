import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { hubElements } from '../../sandbox/engine/flow.js';
import { runFlow, type Service } from '../../sandbox/engine/run.js';
import { type Answers, root, run, shipped } from './harness.js';
import { clientTokens, refusal, SECRET, Settings, storedToken, tokens } from './world.js';

const KEY = 'fortnox-refresh-access-token';

describe('given the same faults with and without the short cut for ways that are not taken', () => {
  test.each<[string, Answers]>([
    ['nothing wrong', { 'refresh-at-fortnox': tokens() }],
    [
      'a dead refresh token',
      { 'refresh-at-fortnox': refusal('invalid_grant'), 'ask-as-client': clientTokens() },
    ],
    ['an outage', { 'refresh-at-fortnox': { statusCode: 503, body: '' } }],
    ['a save that fails', { 'refresh-at-fortnox': tokens(), 'save-token': 'hangs' }],
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
  const settings = new Settings(storedToken());
  const answers = settings.answers({ 'refresh-at-fortnox': tokens() });
  const service: Service = async (input, message, callback) => {
    await sleep(5);
    const task = (message as { content: { id: string } }).content.id;
    const answer = answers[task];
    const call = { task, connector: '', input, at: 0 };
    callback(null, {
      headers: {},
      ...((typeof answer === 'function' ? answer(call, 0) : answer) as object),
    });
  };
  const done = await runFlow({
    flow: await shipped(KEY, hubElements),
    resourcesDir: `${root}/resources`,
    variables: {},
    services: { httpRequest: service, onifyApiRequest: service, onifyElevatedApiRequest: service },
  });
  expect(done.error).toBeUndefined();
  expect(done.output.output).toMatchObject({ access_token: SECRET.freshAccess, expires_in: 3600 });
  expect(settings.token).toMatchObject({ refresh_token: SECRET.freshRefresh });
});
