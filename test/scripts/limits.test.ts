import { describe, expect, test } from 'vitest';
import { runScript } from './run-script.js';

const START = Date.parse('2026-03-01T08:00:00.000Z');
const SECOND = 1000;
const DAY = 86_400 * SECOND;
const daysAgo = (days: number) => new Date(START - days * DAY).toISOString();
const token = {
  access_token: 'old',
  refresh_token: 'r',
  tenant_id: '7',
  expires_in: 3600,
  timestamp: daysAgo(28),
  refresh_token_timestamp: daysAgo(1),
  refresh_token_rejected: null,
  client_credentials_proven: null,
  client_credentials_rejected: null,
  connection: 1,
  rotation: 4,
};
const proven = { ...token, client_credentials_proven: daysAgo(1) };
const looked = {
  ok: true,
  statusCode: 200,
  clientId: 'id',
  clientSecret: 'secret',
  hasToken: true,
  token,
};
const brought = { code: 'a-code', redirectURI: 'http://localhost:2022' };
const untried = { refused: 0, refusedAt: 0, temporary: 0 };
const refused = (seconds: number, count = 1, kind = 'refused') => ({
  ...untried,
  refused: count,
  refusedAt: START + seconds * SECOND,
  last: { kind },
});

interface Work {
  readonly grants?: Record<string, unknown>;
  readonly base?: unknown;
  readonly [name: string]: unknown;
}

/** What a script decided: where the flow goes, with what it knows, and what the next look asks for. */
interface Decided {
  readonly way: string | undefined;
  readonly work: Record<string, unknown>;
  readonly failure?: unknown;
  readonly path?: unknown;
}

/** Runs a script that decides, so many seconds after the run began. @returns where the flow goes, and what for */
async function decided(
  file: string,
  seconds: number,
  work: Work = {},
  happened: unknown = looked,
  variables: unknown = {},
  more: object = {},
): Promise<Decided> {
  const at = START + seconds * SECOND;
  const begun = { startedAt: START, at, planned: 0, reads: 0, readFailures: 0, grants: {} };
  const known = { ...begun, base: token, ...work };
  const { output } = await runScript(
    file,
    { output: { happened, work: known, brought, ...more }, variables },
    at,
  );
  const ended = (output.work ?? {}) as Record<string, unknown>;
  const way = Object.keys((output.go as object | undefined) ?? {})[0];
  return {
    way: way === 'ask' ? String(ended.asked) : (way ?? 'fail'),
    work: ended,
    failure: output.failure,
    path: output.path,
  };
}

/** What a refresh goes on with, for a stored record. */
const choose = (seconds: number, record: object, work: Work = {}, input: unknown = undefined) =>
  decided(
    'choose-grant.js',
    seconds,
    { base: record, ...work },
    { ...looked, token: record },
    { input },
  );
const withoutTenant = { ...token, tenant_id: null };

describe('the grant that a run begins with', () => {
  const scheduled = { scheduled: true };
  const old = { refresh_token_timestamp: daysAgo(10) };
  test.each<[string, object, unknown, string]>([
    ['not proven', token, undefined, 'refresh'],
    ['not proven, by the schedule', token, scheduled, 'client'],
    ['without a tenant id', withoutTenant, undefined, 'refresh'],
    ['without a tenant id, by the schedule', withoutTenant, scheduled, 'refresh'],
    ['without a refresh token', { ...token, refresh_token: null }, undefined, 'client'],
    ['proven', proven, undefined, 'client'],
    ['proven, by the schedule', proven, scheduled, 'client'],
    ['proven, the spare old', { ...proven, ...old }, undefined, 'client'],
    ['proven, the spare old, by the schedule', { ...proven, ...old }, scheduled, 'refresh'],
    [
      'the same, the spare refused today',
      { ...proven, ...old, refresh_token_rejected: daysAgo(0.9) },
      scheduled,
      'client',
    ],
    [
      'the same, the spare refused yesterday',
      { ...proven, ...old, refresh_token_rejected: daysAgo(1) },
      scheduled,
      'refresh',
    ],
    [
      'proven, but refused today',
      { ...proven, client_credentials_rejected: daysAgo(0.9) },
      undefined,
      'refresh',
    ],
    [
      'proven, but refused yesterday',
      { ...proven, client_credentials_rejected: daysAgo(1) },
      undefined,
      'client',
    ],
    [
      'not proven, the refresh token refused before',
      { ...token, refresh_token_rejected: daysAgo(9) },
      undefined,
      'client',
    ],
  ])('%s (%j)', async (_name, record, input, first) => {
    expect((await choose(0, record, {}, input)).way).toBe(first);
  });

  test('a spare of a little less than ten days is left alone', async () => {
    const record = { ...proven, refresh_token_timestamp: daysAgo(9.99) };
    expect((await choose(0, record, {}, scheduled)).way).toBe('client');
  });
});

describe('a rotation', () => {
  test.each([
    [16.5, 'refresh'],
    [16.501, 'fail'],
  ])('begun after %d s leads to %s, as it must be saved in time', async (seconds, way) => {
    expect((await choose(seconds, withoutTenant)).way).toBe(way);
  });

  test.each([
    [3, 'refresh'],
    [4, 'fail'],
  ])('after %i temporary failures leads to %s', async (temporary, way) => {
    const grants = { refresh: { ...untried, temporary, last: { kind: 'temporary' } } };
    expect((await choose(5, withoutTenant, { grants })).way).toBe(way);
  });

  test('is given 15 s, as one that is cut off is lost', async () => {
    const { work } = await choose(5, withoutTenant);
    expect(work.request).toMatchObject({ timeout: { request: 15 * SECOND } });
  });
});

describe('client credentials', () => {
  test.each([
    [27, 'client'],
    [27.001, 'fail'],
  ])('asked for after %d s lead to %s', async (seconds, way) => {
    const grants = { refresh: refused(0, 2) };
    expect((await choose(seconds, { ...proven, refresh_token: null }, { grants })).way).toBe(way);
  });

  test.each([
    [0, 15],
    [20, 12],
    [27, 5],
  ])('after %i s are given %i s', async (seconds, limit) => {
    const { work } = await choose(seconds, { ...proven, refresh_token: null });
    expect(work.request).toMatchObject({ timeout: { request: limit * SECOND } });
  });

  test('that were refused are followed by the refresh token at once', async () => {
    expect((await choose(1, proven, { grants: { client: refused(1) } })).way).toBe('refresh');
  });
});

describe('a refused refresh token', () => {
  test.each([
    [9.999, 'wait'],
    [10, 'client'],
  ])('is watched for another refresh, at %d s it leads to %s', async (seconds, way) => {
    expect((await choose(seconds, token, { grants: { refresh: refused(0, 2) } })).way).toBe(way);
  });

  test.each([
    [1.999, 'wait'],
    [2, 'client'],
  ])(
    'that this run may have used itself is watched less, at %d s it leads to %s',
    async (seconds, way) => {
      const grants = { refresh: { ...refused(0, 2), temporary: 1 } };
      expect((await choose(seconds, token, { grants })).way).toBe(way);
    },
  );

  test.each([
    [4, 'wait'],
    [5, 'client'],
  ])(
    'is watched for no more than five looks, though its clock stands still; after %i: %s',
    async (looks, way) => {
      const grants = { refresh: { ...refused(0, 2), looks } };
      expect((await choose(1, token, { grants })).way).toBe(way);
    },
  );

  test.each([
    [1.999, 'wait'],
    [2, 'refresh'],
  ])('is tried a second time after a while, at %d s it leads to %s', async (seconds, way) => {
    expect((await choose(seconds, withoutTenant, { grants: { refresh: refused(0) } })).way).toBe(
      way,
    );
  });

  test.each([
    [27.9, 'wait'],
    [28, 'fail'],
  ])('twice is the end only after the watch, at %d s: %s', async (seconds, way) => {
    expect((await choose(seconds, withoutTenant, { grants: { refresh: refused(0, 2) } })).way).toBe(
      way,
    );
  });

  test('is watched in steps that grow, and a clock that stands still does not make it endless', async () => {
    const grants = (looks: number) => ({ refresh: { ...refused(0, 2), looks } });
    expect((await choose(1, withoutTenant, { grants: grants(0) })).work.wait).toBe('PT1S');
    expect((await choose(1, withoutTenant, { grants: grants(3) })).work.wait).toBe('PT3S');
    expect((await choose(1, withoutTenant, { grants: grants(11) })).way).toBe('wait');
    expect((await choose(1, withoutTenant, { grants: grants(12) })).way).toBe('fail');
  });
});

describe.each(['choose-grant.js', 'choose-question.js', 'choose-disconnect.js'])(
  '%s on a Hub that was stopped for an hour',
  (file) => {
    const HOUR = 3600;
    const submit = { input: brought };

    test('counts six seconds of its first look, no more', async () => {
      const output = { happened: looked, brought, startedAt: START };
      const now = START + HOUR * SECOND;
      const end = await runScript(file, { output, variables: submit }, now);
      expect(end.output.work).toMatchObject({ startedAt: now - 6 * SECOND, at: now });
    });

    test('counts of a wait what was planned, and six seconds for the look after it', async () => {
      const { way, work } = await decided(file, 1, { reads: 1 }, { ok: false }, submit);
      expect(way).toBe('wait');
      const waited = Number.parseFloat(String(work.wait).slice(2));
      const after = await decided(file, HOUR, work as Work, looked, submit);
      expect(after.work.startedAt).toBe(START + (HOUR - 1 - waited - 6) * SECOND);
    });
  },
);

describe.each(['choose-grant.js', 'choose-question.js', 'choose-disconnect.js'])(
  '%s, told by Fortnox to wait,',
  (file) => {
    test.each([
      [8, 'wait'],
      [8.001, 'ask'],
    ])('%d s ahead on a clock that may have been set back: %s', async (seconds, way) => {
      const waitUntil = START + (1 + seconds) * SECOND;
      const end = await decided(file, 1, { waitUntil }, looked, { input: brought });
      expect(end.way === 'wait' ? 'wait' : 'ask').toBe(way);
      expect(end.failure).toBeUndefined();
    });
  },
);

describe('a list that lacks the client', () => {
  const without = { ...looked, clientId: null, clientSecret: null };

  test.each([
    ['choose-grant.js', 1, 'wait'],
    ['choose-grant.js', 2, 'fail'],
    ['choose-question.js', 1, 'wait'],
    ['choose-question.js', 2, 'fail'],
  ])('%s: after %i such lists in a row: %s', async (file, withoutSettings, way) => {
    const end = await decided(file, 1, { withoutSettings }, without, { input: brought });
    expect(end.way).toBe(way);
  });

  test.each([
    ['choose-grant.js', 'refresh'],
    ['choose-question.js', 'code'],
    ['choose-disconnect.js', 'revoke'],
  ])(
    '%s: is made up for by the list before, where the token was asked for by its key',
    async (file, way) => {
      const { clientId, clientSecret } = looked;
      const work = { client: { clientId, clientSecret }, withoutToken: 2 };
      const end = await decided(file, 1, work, { ...without, byKey: true }, { input: brought });
      expect(end.way).toBe(way);
    },
  );
});

test.each([
  [undefined, undefined],
  [1, '/_fortnox_access_token'],
])('after %j lists that lack the token a refresh asks for %j', async (withoutToken, path) => {
  const end = await decided(
    'choose-grant.js',
    1,
    { withoutToken },
    { ...looked, hasToken: false, token: null },
  );
  expect(end).toMatchObject({ way: 'wait', path });
});

describe('after a token is stored, whose company is not known yet', () => {
  const saved = { saved: { kept: true } };
  test.each([
    [20, {}, 'company'],
    [20.001, {}, 'answer'],
    [1, { company: untried }, 'answer'],
  ])('at %d s, with %j: %s', async (seconds, grants, way) => {
    const work = { grants, fresh: { access_token: 'fresh' } };
    expect((await decided('choose-grant.js', seconds, work, looked, {}, saved)).way).toBe(way);
  });
});

describe('an end of the connection whose settings cannot be read', () => {
  test.each([
    [20, 0, 'wait'],
    [20.001, 0, 'fail'],
    [0, 11, 'wait'],
    [0, 12, 'fail'],
  ])('at %d s, after %i looks: %s', async (seconds, reads, way) => {
    const end = await decided('choose-disconnect.js', seconds, { reads }, { ok: false });
    expect(end.way).toBe(way);
  });
});

describe('the time that a run has', () => {
  const paused = (changes: object) =>
    choose(3600, withoutTenant, { at: START + SECOND, planned: 6 * SECOND, ...changes });
  test('goes on where a Hub was stopped meanwhile: of that hour only what was planned counts', async () => {
    const { way, work } = await paused({});
    expect(way).toBe('refresh');
    expect(work.startedAt).toBe(START + 3600 * SECOND - 7 * SECOND);
  });

  test('is over where as much was planned', async () => {
    expect((await paused({ planned: 3599 * SECOND })).way).toBe('fail');
  });

  test('does not begin anew on a clock that was set back', async () => {
    const at = START + 600 * SECOND;
    const { work } = await choose(0, withoutTenant, { startedAt: at - 9 * SECOND, at, planned: 0 });
    expect(work.startedAt).toBe(START - 9 * SECOND);
  });
});

describe('client credentials that are refused as those of an unknown client', () => {
  const grants = { client: refused(0, 2, 'client'), refresh: refused(0, 2) };
  test.each([
    [27, 'client', 'refresh'],
    [27.001, 'client', 'wait'],
    [27, 'refresh', 'wait'],
  ])('at %d s, last asked by %s: %s', async (seconds, asked, way) => {
    expect((await choose(seconds, token, { asked, grants })).way).toBe(way);
  });
});

describe('the verdict', () => {
  const after = (client: object, refresh: object) =>
    choose(28, proven, { grants: { client, refresh }, isLastCall: true });
  test.each<[string, object, object, string]>([
    ['both refused', refused(0, 2), refused(0, 2), 'refused'],
    ['client credentials not allowed', refused(0, 2, 'client'), refused(0, 2), 'refused'],
    ['both call the client wrong', refused(0, 2, 'client'), refused(0, 2, 'client'), 'client'],
    ['a licence', refused(0, 2, 'licence'), refused(0, 2, 'licence'), 'licence'],
    ['no time to make sure', refused(0, 2), refused(0, 1), 'undecided'],
    [
      'one that gave no answer',
      refused(0, 2),
      { ...untried, temporary: 4, last: { kind: 'temporary' } },
      'temporary',
    ],
  ])('%s (%j, %j): %s', async (_name, client, refresh, kind) => {
    expect((await after(client, refresh)).failure).toMatchObject({ kind });
  });

  test('is not given before client credentials were asked for once more', async () => {
    const grants = { client: refused(0, 2), refresh: refused(0, 2) };
    expect((await choose(31, proven, { grants })).way).toBe('client');
    expect((await choose(31.001, proven, { grants })).way).toBe('fail');
  });
});

describe("another refresh's token", () => {
  const newer = (endsIn: number, changes = {}) => ({
    ...token,
    access_token: 'new',
    timestamp: new Date(START + 5 * SECOND).toISOString(),
    expires_in: endsIn,
    rotation: 5,
    ...changes,
  });
  const seen = (record: object) => decided('choose-grant.js', 5, {}, { ...looked, token: record });

  test.each([
    [61, 'answer'],
    [60, 'refresh'],
  ])('that lives %i s more leads to %s', async (endsIn, way) => {
    expect((await seen(newer(endsIn))).way).toBe(way);
  });

  test('that is older by its counter is not answered', async () => {
    expect((await seen(newer(3600, { rotation: 3 }))).way).toBe('refresh');
  });

  test.each([
    ['with another refresh token', { refresh_token: 'r2' }, {}],
    ['of another connection', { connection: 2 }, {}],
    ['with the same refresh token', {}, { refresh: { refused: 1 } }],
  ])(
    '%s, which has run out: what was refused before counts as %j',
    async (_name, changes, left) => {
      const grants = { refresh: refused(4) };
      const record = newer(60, changes);
      const end = await decided('choose-grant.js', 5, { grants }, { ...looked, token: record });
      expect(end.work.grants).toMatchObject(left);
      expect(JSON.stringify(end.work.grants).includes('"refused":1')).toBe('refresh' in left);
    },
  );

  test('of a newer connection is answered, whatever its rotation', async () => {
    expect((await seen(newer(3600, { connection: 2, rotation: 1 }))).way).toBe('answer');
  });
});

describe('settings that cannot be read', () => {
  const failed = { error: { code: 'ECONNRESET' } };
  const forbidden = { ok: false, statusCode: 403 };
  const submit = { input: { code: 'a-code', redirectURI: 'http://localhost:2022' } };

  describe.each(['choose-grant.js', 'choose-question.js'])('%s', (file) => {
    test.each([
      [30, 'wait'],
      [30.001, 'fail'],
    ])('after %d s leads to %s', async (seconds, way) => {
      expect((await decided(file, seconds, {}, failed, submit)).way).toBe(way);
    });

    test.each([
      [0, 'PT1S'],
      [2, 'PT3S'],
      [9, 'PT4S'],
    ])('after %i failures waits %s', async (readFailures, wait) => {
      expect((await decided(file, 1, { readFailures }, failed, submit)).work.wait).toBe(wait);
    });

    test('is believed when it is forbidden twice', async () => {
      expect((await decided(file, 1, {}, forbidden, submit)).way).toBe('wait');
      expect((await decided(file, 1, { readsForbidden: 1 }, forbidden, submit)).way).toBe('fail');
    });

    test.each([
      [{}, 'settings-unreadable'],
      [{ asked: 'client' }, 'hub-went-away'],
    ])('with %j it is named for what it is: %s', async (work, kind) => {
      const { failure } = await decided(file, 31, work, failed, submit);
      expect(failure).toMatchObject({ kind });
    });

    test('too often ends the run, though its clock stands still', async () => {
      expect((await decided(file, 0, { reads: 24 }, failed, submit)).way).toBe('fail');
    });
  });
});

describe('a run that has no time left to ask', () => {
  const late = { kind: 'too-late' };
  const licence = refused(0, 2, 'licence');

  test.each<[string, Work, object]>([
    ['and never asked', {}, late],
    ['after client credentials were refused', { client: licence }, { kind: 'undecided' }],
    [
      'after Fortnox did not answer',
      { refresh: { ...untried, temporary: 1, isSent: true, last: { kind: 'temporary' } } },
      { kind: 'temporary', sent: 'refresh' },
    ],
  ])('%s says so', async (_name, grants, failure) => {
    expect((await choose(32, token, { grants })).failure).toMatchObject(failure);
  });

  test('with a code, and never asked with it, says so', async () => {
    const submit = { input: { code: 'a-code', redirectURI: 'http://localhost:2022' } };
    const { failure } = await decided('choose-question.js', 17, {}, looked, submit);
    expect(failure).toMatchObject(late);
  });

  test('to end the connection says so', async () => {
    expect((await decided('choose-disconnect.js', 16)).failure).toMatchObject(late);
  });
});

describe('the exchange of a code', () => {
  const submit = { input: { code: 'a-code', redirectURI: 'http://localhost:2022' } };
  const exchange = (seconds: number, code: object = untried) =>
    decided(
      'choose-question.js',
      seconds,
      { grants: { code: { last: { kind: 'temporary' }, ...code } } },
      looked,
      submit,
    );

  test.each([
    [16.5, 'code'],
    [16.501, 'fail'],
  ])('begun after %d s leads to %s', async (seconds, way) => {
    expect((await exchange(seconds)).way).toBe(way);
  });

  test.each([
    [{ ...untried, temporary: 2 }, 'code'],
    [{ ...untried, temporary: 3 }, 'fail'],
    [refused(0, 1, 'client'), 'code'],
    [refused(0, 2, 'client'), 'fail'],
    [refused(0, 1), 'fail'],
  ])('after %j leads to %s', async (tried, way) => {
    expect((await exchange(1, tried)).way).toBe(way);
  });
});

describe('after the tokens of an activation are stored', () => {
  const learn = async (seconds: number, work: Work) => {
    const saved = { kept: true };
    return (await decided('choose-question.js', seconds, work, looked, {}, { saved })).way;
  };
  const fresh = { access_token: 'a', tenant_id: '7' };

  test.each<[string, number, Work, string]>([
    ['client credentials are tried', 1, { fresh, grants: {} }, 'proof'],
    ['with their token', 1, { fresh, grants: {}, proof: { access_token: 'c' } }, 'company'],
    ['once', 1, { fresh, grants: { proof: untried } }, 'answer'],
    ['the tenant id is asked for', 1, { fresh: { access_token: 'a' }, grants: {} }, 'company'],
    ['once only', 1, { fresh: { access_token: 'a' }, grants: { company: untried } }, 'answer'],
    ['not later than 25 s', 25.001, { fresh, grants: {} }, 'answer'],
  ])('%s', async (_name, seconds, work, way) => {
    expect(await learn(seconds, work)).toBe(way);
  });
});
