import { describe, expect, test } from 'vitest';
import { runScript } from './run-script.js';

const START = Date.parse('2026-03-01T08:00:00.000Z');
const SECOND = 1000;
const token = {
  access_token: 'old',
  refresh_token: 'r',
  tenant_id: '7',
  expires_in: 3600,
  timestamp: '2026-02-01T08:00:00.000Z',
  refresh_token_rejected: null,
};
const looked = { ok: true, statusCode: 200, clientId: 'id', clientSecret: 'secret', token };
const untried = { refused: 0, refusedAt: 0, denied: 0, temporary: 0 };
const refused = (seconds: number, count = 1) => ({
  ...untried,
  refused: count,
  refusedAt: START + seconds * SECOND,
});

interface Work {
  readonly grants?: Record<string, unknown>;
  readonly base?: unknown;
  readonly [name: string]: unknown;
}

/** Runs a script that decides, so many seconds after the run began. @returns where the flow goes, and what for */
async function decided(
  file: string,
  seconds: number,
  work: Work = {},
  happened: unknown = looked,
  variables: unknown = {},
): Promise<{ way: string | undefined; work: Record<string, unknown>; wait?: unknown }> {
  const known = {
    purpose: 'activation',
    startedAt: START,
    readFailures: 0,
    grants: {},
    base: token,
    ...work,
  };
  const { output } = await runScript(
    file,
    { output: { happened, work: known }, variables },
    START + seconds * SECOND,
  );
  const ended = output.work as Record<string, unknown>;
  return { way: Object.keys(output.go as object)[0], work: ended, wait: ended.wait };
}

const choose = (...given: [number, Work?, unknown?]) => decided('choose-grant.js', ...given);
const withoutTenant = { base: { ...token, tenant_id: null } };

describe('a rotation', () => {
  test.each([
    [17, 'refresh'],
    [17.001, 'conclude'],
  ])('begun after %d s leads to %s, as it must be saved in time', async (seconds, way) => {
    expect(
      (await choose(seconds, withoutTenant, { ...looked, token: withoutTenant.base })).way,
    ).toBe(way);
  });

  test.each([
    [3, 'refresh'],
    [4, 'conclude'],
  ])('after %i temporary failures leads to %s', async (temporary, way) => {
    const grants = { refresh: { ...untried, temporary, last: { kind: 'temporary' } } };
    const work = { ...withoutTenant, grants };
    expect((await choose(5, work, { ...looked, token: withoutTenant.base })).way).toBe(way);
  });

  test.each([
    [1, 'refresh'],
    [2, 'conclude'],
  ])('that was denied %i times leads to %s', async (denied, way) => {
    const grants = { refresh: { ...untried, denied, last: { kind: 'client' } } };
    expect(
      (await choose(5, { ...withoutTenant, grants }, { ...looked, token: withoutTenant.base })).way,
    ).toBe(way);
  });

  test('asks with a limit of 9 s, below the timer of its task', async () => {
    const { work } = await choose(5);
    expect(work.request).toMatchObject({ timeout: { request: 9 * SECOND } });
  });
});

describe('client credentials', () => {
  const afterRefusal = { grants: { refresh: refused(0) } };

  test.each([
    [22, 'client'],
    [22.001, 'conclude'],
  ])('asked for after %d s lead to %s', async (seconds, way) => {
    expect((await choose(seconds, afterRefusal)).way).toBe(way);
  });
});

describe('a refused refresh token', () => {
  test.each([
    [9.999, 'wait'],
    [10, 'client'],
  ])('is watched for another refresh, at %d s it leads to %s', async (seconds, way) => {
    expect((await choose(seconds, { grants: { refresh: refused(0) } })).way).toBe(way);
  });

  test.each([
    [1.999, 'wait'],
    [2, 'client'],
  ])(
    'that this run may have used itself is watched less, at %d s it leads to %s',
    async (seconds, way) => {
      expect(
        (await choose(seconds, { grants: { refresh: { ...refused(0), temporary: 1 } } })).way,
      ).toBe(way);
    },
  );

  test('is looked after in steps that grow, and never beyond the end of the watch', async () => {
    const first = await choose(1, { grants: { refresh: refused(0) } });
    expect(first.wait).toBe('PT2S');
    const last = await choose(9.5, { grants: { refresh: { ...refused(0), looks: 5 } } });
    expect(last.wait).toBe('PT0.5S');
  });

  test.each([
    [1, 'refresh'],
    [2, 'conclude'],
  ])(
    'is tried once more where nothing else is left: refused %i times, it leads to %s',
    async (count, way) => {
      const work = { ...withoutTenant, grants: { refresh: refused(0, count) } };
      expect((await choose(12, work, { ...looked, token: withoutTenant.base })).way).toBe(way);
    },
  );
});

describe("another refresh's token", () => {
  const newer = (endsIn: number) => ({
    ...token,
    access_token: 'new',
    timestamp: new Date(START + 5 * SECOND).toISOString(),
    expires_in: endsIn,
  });

  test.each([
    [61, 'conclude'],
    [60, 'refresh'],
  ])('that lives %i s more leads to %s', async (endsIn, way) => {
    expect((await choose(5, {}, { ...looked, token: newer(endsIn) })).way).toBe(way);
  });
});

describe('settings that cannot be read', () => {
  const failed = { of: 'read-settings', error: { code: 'ECONNRESET' } };
  const forbidden = { ok: false, statusCode: 403 };
  const submit = { submit: { code: 'a-code', redirectURI: 'http://localhost:2022' } };

  describe.each(['choose-grant.js', 'check-consent.js'])('%s', (file) => {
    test.each([
      [30, 'wait'],
      [30.001, 'conclude'],
    ])('after %d s leads to %s', async (seconds, way) => {
      expect((await decided(file, seconds, {}, failed, submit)).way).toBe(way);
    });

    test.each([
      [0, 'PT1S'],
      [2, 'PT3S'],
      [9, 'PT4S'],
    ])('after %i failures waits %s', async (readFailures, wait) => {
      expect((await decided(file, 1, { readFailures }, failed, submit)).wait).toBe(wait);
    });

    test('is believed when it is forbidden twice', async () => {
      expect((await decided(file, 1, {}, forbidden, submit)).way).toBe('wait');
      expect((await decided(file, 1, { readsForbidden: 1 }, forbidden, submit)).way).toBe(
        'conclude',
      );
    });
  });
});

describe('the exchange of a code', () => {
  const submit = { submit: { code: 'a-code', redirectURI: 'http://localhost:2022' } };
  const exchange = (seconds: number, code: object = untried) =>
    decided(
      'check-consent.js',
      seconds,
      { grants: { code: { ...code, last: { kind: 'temporary' } } } },
      looked,
      submit,
    );

  test.each([
    [20, 'exchange'],
    [20.001, 'conclude'],
  ])('begun after %d s leads to %s', async (seconds, way) => {
    expect((await exchange(seconds)).way).toBe(way);
  });

  test.each([
    [{ ...untried, temporary: 2 }, 'exchange'],
    [{ ...untried, temporary: 3 }, 'conclude'],
    [{ ...untried, denied: 1 }, 'exchange'],
    [{ ...untried, denied: 2 }, 'conclude'],
    [{ ...untried, refused: 1 }, 'conclude'],
  ])('after %j leads to %s', async (tried, way) => {
    expect((await exchange(1, tried)).way).toBe(way);
  });

  test('has a limit of 9 s, below the timer of its task', async () => {
    expect((await exchange(1)).work.request).toMatchObject({ timeout: { request: 9 * SECOND } });
  });
});

describe('a run that has just begun', () => {
  test.each(['choose-grant.js', 'check-consent.js'])(
    'in %s counts the time that the first look may have taken',
    async (file) => {
      const variables = { submit: { code: 'a-code', redirectURI: 'http://localhost:2022' } };
      const { output } = await runScript(file, { output: { happened: looked }, variables }, START);
      expect(output.work).toMatchObject({ startedAt: START - 4 * SECOND });
    },
  );
});
