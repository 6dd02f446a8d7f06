import { describe, expect, test } from 'vitest';
import { type Answer, run } from './harness.js';
import { expectNothingSecret, Settings, secondsFromStart, storedToken } from './world.js';

const KEY = 'fortnox-connection-status';
const status = async (token: unknown) => {
  const done = await run(KEY, new Settings(token).answers());
  expect(done.error).toBeUndefined();
  expectNothingSecret(done);
  expect(Object.keys(done.output).sort()).toEqual(['output', 'state', 'status']);
  return done.output.output;
};

describe('given a connection', () => {
  test('it says with which company, and that client credentials have no end', async () => {
    const proven = {
      company: 'Testbolaget AB',
      connected_at: secondsFromStart(-100),
      client_credentials_proven: secondsFromStart(-50),
    };
    expect(await status(storedToken(proven))).toEqual({
      connected: true,
      company: 'Testbolaget AB',
      tenantId: '1234',
      since: secondsFromStart(-100),
      healthyUntil: null,
      refreshedAt: secondsFromStart(-86_400),
      grant: 'client_credentials',
      scope: 'customer invoice',
    });
  });

  test.each([
    ['without a proof', {}],
    [
      'with client credentials that were refused',
      {
        client_credentials_proven: secondsFromStart(-50),
        client_credentials_rejected: secondsFromStart(-9),
      },
    ],
    ['without a tenant id', { tenant_id: null }],
  ])('%s it ends 31 days after its refresh token was issued', async (_name, changes) => {
    expect(await status(storedToken(changes))).toMatchObject({
      connected: true,
      grant: 'refresh_token',
      healthyUntil: secondsFromStart(30 * 86_400),
    });
  });
});

test.each([
  ['an empty record', {}],
  ['no record', undefined],
  ['one that was disconnected', { connection: 3, rotation: 7 }],
])('given %s it says that nothing is connected', async (_name, token) => {
  expect(await status(token)).toEqual({
    connected: false,
    company: null,
    tenantId: null,
    since: null,
    healthyUntil: null,
    refreshedAt: null,
    grant: null,
    scope: '',
  });
});

describe('given a form, which asks for a text', () => {
  const text = async (token: unknown) => {
    const input = { format: 'text' };
    return (await run(KEY, new Settings(token).answers(), { input })).output.output;
  };

  test('it says with which company, since when, and until when it is healthy', async () => {
    const token = { company: 'Bröd & <b>Bak</b> AB', connected_at: secondsFromStart(-86_400) };
    expect(await text(storedToken(token))).toBe(
      'Fortnox is connected: Bröd & bBak/b AB (tenant id 1234). Connected since 2026-02-28. ' +
        'Last refreshed 2026-02-28. Healthy until 2026-03-31; each refresh makes that later.',
    );
  });

  test('it says that client credentials do not run out', async () => {
    const token = { client_credentials_proven: secondsFromStart(-50) };
    expect(await text(storedToken(token))).toMatch(
      /^Fortnox is connected: tenant id 1234\. .*does not run out/,
    );
  });

  test('it says that nothing is connected', async () => {
    expect(await text({})).toBe('Fortnox is not connected.');
  });
});

test.each([
  ['connected', storedToken(), 'Fortnox is connected'],
  ['not connected', {}, 'Fortnox is not connected'],
])('given a Fortnox that is %s, the status of the process says so', async (_name, token, says) => {
  const done = await run(KEY, new Settings(token).answers());
  expect(done.output.status).toEqual({ statuskey: 'complete', statusmessage: says });
});

test.each<[string, Answer]>([
  ['hangs', 'hangs'],
  ['fails', { fails: 'ECONNREFUSED' }],
  ['answers 500', { statusCode: 500, body: {} }],
])('given a Hub whose settings call %s, it fails with a sentence', async (_name, answer) => {
  const done = await run(KEY, { 'read-settings': answer });
  expect(done.error?.message).toMatch(/settings could not be read.*\[settings-unreadable\]$/);
});
