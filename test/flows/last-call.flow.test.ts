import { expect, test } from 'vitest';
import { run } from './asks.js';
import { clientTokens, refusal, Settings, secondsFromStart, storedToken } from './world.js';

const REFRESH = 'fortnox-refresh-access-token';
const proven = () => new Settings(storedToken({ client_credentials_proven: secondsFromStart(-1) }));

test('a consent that is given again while the run waits is found before the connection is called lost', async () => {
  const done = await run(
    REFRESH,
    proven().answers({
      'ask-fortnox:refresh': refusal('invalid_grant'),
      'ask-fortnox:client': (_call, nth) => (nth < 2 ? refusal('invalid_grant') : clientTokens()),
    }),
  );
  expect(done.ok).toBe(true);
  expect(done.seconds).toBeGreaterThan(20);
});

test('a lost connection is asked for once more, and not again', async () => {
  const done = await run(REFRESH, proven().answers({ 'ask-fortnox': refusal('invalid_grant') }));
  expect(done.error?.message).toMatch(/\[refused\]$/);
  expect(done.callsOf('ask-fortnox:client')).toHaveLength(3);
  expect(done.seconds).toBeLessThan(45);
});

test('a last call that is not answered changes nothing about the verdict', async () => {
  const done = await run(
    REFRESH,
    proven().answers({
      'ask-fortnox:refresh': refusal('invalid_grant'),
      'ask-fortnox:client': (_call, nth) => (nth < 2 ? refusal('invalid_grant') : 'hangs'),
    }),
  );
  expect(done.error?.message).toMatch(/\[refused\]$/);
  expect(done.seconds).toBeLessThan(45);
});
