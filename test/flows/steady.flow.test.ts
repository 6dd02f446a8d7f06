import { describe, expect, test } from 'vitest';
import { bothSides, slow } from '../../sandbox/net/latency.js';
import { run } from './asks.js';
import { Settings, secondsFromStart, storedToken } from './world.js';

const KEY = 'fortnox-refresh-access-token';
const proven = { client_credentials_proven: secondsFromStart(-86_400), connection: 1, rotation: 5 };

describe('a refresh in steady state', () => {
  test.each([0, 200, 2000])(
    'makes 1 read, 1 call, 1 write, and waits for nothing else, at %i ms a call',
    async (milliseconds) => {
      const settings = new Settings(storedToken(proven), {
        latency: slow(bothSides(milliseconds)),
      });
      const done = await run(KEY, settings.answers());
      expect(done.ok).toBe(true);
      expect(done.calls.map(({ task }) => task)).toEqual([
        'read-settings',
        'ask-fortnox:client',
        'save-token',
      ]);
      expect(done.way).not.toContain('wait-a-moment');
      expect(done.way).not.toContain('wait-before-look');
      expect(done.seconds).toBe((3 * milliseconds) / 1000);
    },
  );

  test('spends nothing: the stored refresh token stays', async () => {
    const settings = new Settings(storedToken(proven));
    const before = settings.token.refresh_token;
    await run(KEY, settings.answers());
    expect(settings.token).toMatchObject({ refresh_token: before, rotation: 6 });
  });
});

describe('50 refreshes at once', () => {
  test.each([0, 2000])(
    'all succeed, within the time of one, at %i ms a call',
    async (milliseconds) => {
      const settings = new Settings(storedToken(proven), {
        latency: slow(bothSides(milliseconds)),
      });
      const runs = await Promise.all(
        Array.from({ length: 50 }, () => run(KEY, settings.answers())),
      );
      expect(runs.map(({ ok }) => ok)).toEqual(runs.map(() => true));
      const { fortnox } = settings.world;
      for (const { output } of runs) {
        const { access_token } = output.output as { access_token: string };
        expect(fortnox.isAccessTokenValid(access_token)).toBe(true);
      }
      expect(fortnox.isAccessTokenValid(String(settings.token.access_token))).toBe(true);
      expect(settings.token.refresh_token).toBe(storedToken().refresh_token);
      expect(Math.max(...runs.map(({ seconds }) => seconds))).toBeLessThanOrEqual(
        (3 * milliseconds) / 1000,
      );
    },
  );
});
