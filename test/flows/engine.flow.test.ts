import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { hubElements } from '../../sandbox/engine/flow.js';
import { runFlow, type Service } from '../../sandbox/engine/run.js';
import { run } from './asks.js';
import { type Answers, root, shipped } from './harness.js';
import { clientTokens, refusal, SECRET, Settings, storedToken, tokens } from './world.js';

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
  const settings = new Settings(storedToken());
  const answers = settings.answers({ 'ask-fortnox': tokens() });
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
