import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runScript } from './run-script.js';

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
const grants = () => ({
  refresh: { refused: 0, refusedAt: 0, denied: 0, temporary: 0 },
  client: { refused: 0, refusedAt: 0, denied: 0, temporary: 0 },
});

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

describe('given anything at all from Fortnox', () => {
  test.each(['refresh', 'client'])(
    'a %s call is judged, and only a record that can be used and kept is fresh',
    async (asked) => {
      const property = fc.asyncProperty(status, body, async (statusCode, given) => {
        const work = {
          asked,
          requestedAt: '2026-03-01T08:00:00.000Z',
          grants: grants(),
          base: { refresh_token: 'before' },
        };
        const { error, output } = await runScript('judge-token-answer.js', {
          output: { happened: { statusCode, body: given }, work },
        });
        expect(error).toBeUndefined();
        const { fresh } = output.work as { fresh?: Record<string, unknown> };
        expect(output.go).toEqual(fresh ? { fresh: true } : { wait: true });
        if (!fresh) {
          return;
        }
        expect(fresh.access_token).toEqual(expect.stringMatching(/\S/));
        expect(fresh.refresh_token).toEqual(expect.stringMatching(/\S/));
        expect(fresh.expires_in).toBeGreaterThan(0);
        expect(typeof fresh.scope).toBe('string');
        expect(fresh.timestamp).toBe('2026-03-01T08:00:00.000Z');
      });
      await fc.assert(property, runs);
    },
  );
});

describe('given anything at all in the store when a save is in doubt', () => {
  test('the token that this run used up is always replaced, and a later one never', async () => {
    const at = (ms: number) => new Date(ms).toISOString();
    const time = fc.integer({ min: 1, max: 4e12 });
    const property = fc.asyncProperty(
      time,
      time,
      fc.boolean(),
      async (freshAt, storedAt, isUsedUp) => {
        const stored = {
          access_token: 'other',
          refresh_token: isUsedUp ? 'used' : 'other-r',
          timestamp: at(storedAt),
        };
        const saving = {
          fresh: { access_token: 'fresh', refresh_token: 'fresh-r', timestamp: at(freshAt) },
          base: { access_token: 'base', refresh_token: 'used' },
          asked: 'refresh',
          deadline: Number.MAX_SAFE_INTEGER,
        };
        const { output } = await runScript('compare-stored.js', {
          output: { happened: { ok: true, token: stored }, saving },
        });
        expect(output.go).toEqual(
          isUsedUp || storedAt < freshAt ? { write: true } : { settled: true },
        );
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
      activationUrl: anything,
    },
    { requiredKeys: [] },
  );

  test('checking a consent never fails; it asks, waits or says why not', async () => {
    const happened = { ok: true, clientId: 'id', clientSecret: 'secret', token: null };
    const property = fc.asyncProperty(fc.oneof(given, anything), async (submit) => {
      const { error, output } = await runScript('check-consent.js', {
        variables: { submit },
        output: { happened },
      });
      expect(error).toBeUndefined();
      const { exchange, conclude } = output.go as Record<string, boolean>;
      expect(exchange === true || conclude === true).toBe(true);
      if (conclude) {
        expect((output.work as { failure: unknown }).failure).toMatchObject({
          kind: 'input',
          message: expect.any(String),
        });
      }
    });
    await fc.assert(property, runs);
  });

  test('choosing a grant never fails', async () => {
    const property = fc.asyncProperty(
      anything,
      fc.oneof(anything, tokenLike),
      async (look, token) => {
        const happened =
          typeof look === 'object' && look !== null
            ? { ...look, token }
            : { ok: true, clientId: 'i', clientSecret: 's', token };
        const { error, output } = await runScript('choose-grant.js', { output: { happened } });
        expect(error).toBeUndefined();
        expect(Object.keys(output.go as object)).toHaveLength(1);
      },
    );
    await fc.assert(property, runs);
  });
});
