import { describe, expect, test } from 'vitest';
import { type Answer, run } from './harness.js';
import { expectNothingSecret, SECRET, Settings, storedToken } from './world.js';

const KEY = 'fortnox-refresh-schedule';
const refreshed: Answer = {
  statusCode: 200,
  body: { output: { access_token: SECRET.freshAccess }, status: { statuskey: 'complete' } },
};

describe('given a connection', () => {
  test('the schedule runs the refresh flow, and keeps nothing of its answer', async () => {
    const done = await run(KEY, new Settings(storedToken()).answers({ 'run-refresh': refreshed }));
    expect(done.error).toBeUndefined();
    expect(done.callsOf('run-refresh')[0]).toMatchObject({
      connector: 'onifyElevatedApiRequest',
      input: { url: '/my/workflows/run/fortnox-refresh-access-token', method: 'POST' },
    });
    expectNothingSecret(done);
  });

  test('it fails with the sentence of the refresh flow', async () => {
    const failed: Answer = {
      statusCode: 500,
      body: {
        statusCode: 500,
        message: 'Internal',
        error: { message: 'The connection is lost. Activate it again.' },
      },
    };
    const done = await run(KEY, new Settings(storedToken()).answers({ 'run-refresh': failed }));
    expect(done.error?.message).toBe('The connection is lost. Activate it again.');
    expectNothingSecret(done);
  });

  test.each<[string, Answer]>([
    ['hangs', 'hangs'],
    ['cannot be reached', { fails: 'ECONNRESET' }],
    ['is not there', { statusCode: 404, body: 'Not found' }],
  ])('it fails visibly when the refresh flow %s', async (_name, answer) => {
    const done = await run(KEY, new Settings(storedToken()).answers({ 'run-refresh': answer }));
    expect(done.error?.message).toMatch(/fortnox-refresh-access-token could not be run/);
    expectNothingSecret(done);
  });
});

describe('given no connection', () => {
  test.each([
    ['no token', undefined],
    ['an empty token', {}],
    ['something unreadable', 'no json'],
  ])('with %s it ends quietly, and runs nothing', async (_name, token) => {
    const done = await run(KEY, new Settings(token).answers());
    expect(done.error).toBeUndefined();
    expect(done.way).toContain('nothing-to-refresh');
  });
});

test.each<[string, Answer]>([
  ['hangs', 'hangs'],
  ['fails', { fails: 'ECONNREFUSED' }],
  ['answers a login page', { statusCode: 200, body: '<html>' }],
])('given a Hub whose settings call %s, it fails visibly', async (_name, answer) => {
  const done = await run(KEY, { 'read-settings': answer });
  expect(done.error?.message).toMatch(/settings could not be read/);
});
