import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inlineScript } from './inline.js';
import { runScript, runSource } from './run-script.js';

const runs = { numRuns: 150 };
const anything = fc.jsonValue({ maxDepth: 3 });
const text = fc.oneof(fc.string(), fc.constant('token'), fc.constant('a.eyJ0ZW5hbnRJZCI6MX0.c'));
const tokenLike = fc.record(
  {
    access_token: fc.oneof(text, anything),
    refresh_token: fc.oneof(text, anything),
    scope: anything,
    token_type: anything,
    expires_in: fc.oneof(fc.integer(), fc.double(), text, anything),
    timestamp: fc.oneof(fc.date({ noInvalidDate: true }).map(String), text, anything),
    tenant_id: anything,
    error: fc.oneof(
      fc.constantFrom('invalid_grant', 'invalid_client', 'error_missing_license'),
      anything,
    ),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  anything,
  fc.string(),
  tokenLike,
  tokenLike.map((value) => JSON.stringify(value)),
);
const status = fc.oneof(
  fc.constantFrom(200, 204, 302, 400, 401, 403, 404, 429, 500, 502),
  fc.integer(),
  fc.constant(undefined),
);

describe('given anything at all in the store', () => {
  test('reading the settings never fails, and gives a token of known types or none', async () => {
    const property = fc.asyncProperty(
      status,
      fc.oneof(body, fc.record({ _fortnox_access_token: body })),
      async (statusCode, given) => {
        const { error, result } = await runScript('read-settings.js', { statusCode, body: given });
        expect(error).toBeUndefined();
        const { token } = result as { token: Record<string, unknown> | null };
        if (token === null) {
          return;
        }
        for (const name of ['access_token', 'refresh_token', 'tenant_id', 'timestamp']) {
          expect(
            token[name] === null || (typeof token[name] === 'string' && token[name] !== ''),
          ).toBe(true);
        }
        expect(token.expires_in).toBeGreaterThanOrEqual(0);
      },
    );
    await fc.assert(property, runs);
  });
});

describe('given anything at all from Fortnox', async () => {
  const source = await inlineScript('fortnox-refresh-access-token', 'judge-answer');
  const at = '2026-03-01T08:00:00.000Z';

  test.each(['refresh', 'client'])(
    'a %s call is judged, and only a record that can be used and kept is saved',
    async (asked) => {
      const property = fc.asyncProperty(status, body, async (statusCode, given) => {
        const work = { asked, requestedAt: at, grants: {}, base: { refresh_token: 'before' } };
        const { error, output } = await runSource(source, 'judge-answer', {
          output: { happened: { statusCode, body: given }, work },
        });
        expect(error).toBeUndefined();
        const { fresh } = output.work as { fresh?: Record<string, unknown> };
        expect(output.go).toEqual(fresh ? { save: true } : {});
        if (!fresh) {
          return;
        }
        expect(fresh.access_token).toEqual(expect.stringMatching(/\S/));
        expect(fresh.refresh_token).toEqual(expect.stringMatching(/\S/));
        expect(fresh.expires_in).toBeGreaterThan(0);
        expect(typeof fresh.scope).toBe('string');
        expect(fresh.timestamp).toBe(at);
      });
      await fc.assert(property, runs);
    },
  );

  test.each(['code', 'company', 'proof', 'revoke'])('a %s call is judged', async (asked) => {
    const property = fc.asyncProperty(status, body, async (statusCode, given) => {
      const fresh = { access_token: 'a', rotation: 1 };
      const work = { asked, requestedAt: at, grants: {}, base: {}, fresh };
      const { error } = await runSource(source, 'judge-answer', {
        output: { happened: { statusCode, body: given }, work },
      });
      expect(error).toBeUndefined();
    });
    await fc.assert(property, runs);
  });
});

describe('given anything at all in the store when a save is in doubt', async () => {
  const source = await inlineScript('fortnox-refresh-access-token', 'plan-save');

  test('counters alone tell which of two is newer; the token that this run used up never is', async () => {
    const count = fc.integer({ min: 0, max: 5 });
    const stamp = fc.date({ noInvalidDate: true }).map(String);
    const property = fc.asyncProperty(
      fc.record({ connection: count, rotation: count, timestamp: stamp }),
      fc.record({ connection: count, rotation: count, timestamp: stamp }),
      fc.boolean(),
      async (ours, theirs, isUsedUp) => {
        const stored = {
          ...theirs,
          access_token: 'other',
          refresh_token: isUsedUp ? 'used' : 'other-r',
        };
        const now = Date.now();
        const work = {
          fresh: { ...ours, access_token: 'fresh', refresh_token: 'fresh-r' },
          base: { access_token: 'base', refresh_token: 'used' },
          asked: 'refresh',
          startedAt: now,
          lookedAt: now,
          grants: {},
        };
        const saving = { rotation: ours.rotation, writes: 1, looks: 1, failedLooks: 0 };
        const { output } = await runSource(source, 'plan-save', {
          variables: { content: { input: { work } } },
          output: {
            happened: { ok: true, hasToken: true, token: stored },
            saving: { ...saving, last: 'look' },
          },
        });
        const isNewer =
          theirs.connection === ours.connection
            ? !isUsedUp && theirs.rotation >= ours.rotation
            : theirs.connection > ours.connection;
        expect(output.go).toEqual(isNewer ? { done: true } : { write: true });
      },
    );
    await fc.assert(property, runs);
  });
});

describe('given anything at all as input', () => {
  const given = fc.record(
    {
      code: fc.oneof(anything, fc.webUrl({ withQueryParameters: true })),
      redirectURI: fc.oneof(anything, fc.webUrl()),
      activationUrl: fc.oneof(anything, fc.constant('https://apps.fortnox.se/oauth-v1/auth')),
      state: anything,
      companyChecked: fc.oneof(anything, fc.constant(true)),
    },
    { requiredKeys: [] },
  );

  test('checking a consent hands on a code, or says why not', async () => {
    const by = fc.constantFrom('submit', 'input');
    const property = fc.asyncProperty(fc.oneof(given, anything), by, async (submit, start) => {
      const { error, output } = await runScript('check-consent.js', {
        variables: { [start]: submit },
      });
      if (error) {
        expect(Object.keys(output)).toEqual(['failure']);
        const { kind, message } = output.failure as { kind: string; message?: string };
        expect(kind).toMatch(/^(input|activation-url-foreign|code-unconfirmed)$/);
        expect(typeof message).toBe(kind === 'input' ? 'string' : 'undefined');
      } else {
        expect(Object.keys(output)).toEqual(['brought']);
        expect(output.brought).toMatchObject({ code: expect.stringMatching(/./) });
      }
    });
    await fc.assert(property, runs);
  });

  test('choosing a grant asks, waits, or leaves nothing but why not', async () => {
    const property = fc.asyncProperty(
      anything,
      fc.oneof(anything, tokenLike),
      async (look, token) => {
        const happened =
          typeof look === 'object' && look !== null
            ? { ...look, token }
            : { ok: true, clientId: 'i', clientSecret: 's', hasToken: true, token };
        const { error, output } = await runScript('choose-grant.js', { output: { happened } });
        const left = error ? output : (output.go as object);
        expect(Object.keys(left)).toHaveLength(1);
      },
    );
    await fc.assert(property, runs);
  });
});
