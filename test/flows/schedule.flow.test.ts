import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cron } from 'croner';
import { describe, expect, test } from 'vitest';
import { root } from './flow-world.js';
import { type Answer, type Answers, run } from './harness.js';
import { expectNothingSecret, SECRET, Settings, secondsFromStart, storedToken } from './world.js';

const KEY = 'fortnox-refresh-schedule';
const DAY = 86_400;
const refreshed: Answer = {
  statusCode: 200,
  body: { output: { access_token: SECRET.freshAccess }, status: { statuskey: 'complete' } },
};
const failed = (message: string): Answer => ({
  statusCode: 502,
  body: { statusCode: 502, message: 'Bad gateway', error: { message } },
});
const LOST = failed('The connection is lost. Activate it again. [refused]');
const DOWN = failed('Fortnox could not be reached. [temporary]');

/** Runs the schedule for a connection that was last refreshed so many days ago. */
function fire(answers: Answers, days = 1, address = 'ops@example.com') {
  const settings = new Settings(storedToken({ timestamp: secondsFromStart(-days * DAY) }));
  settings.change({ _fortnox_alert_email: address });
  const mail = { 'send-mail': { statusCode: 200, body: {} } };
  return run(KEY, settings.answers({ ...mail, ...answers }));
}

test('the schedule fires once every day, at one', () => {
  const xml = readFileSync(join(root, `flows/${KEY}.bpmn`), 'utf8');
  const cycle = /<bpmn:timeCycle[^>]*>([^<]*)</.exec(xml)?.[1] ?? '';
  const days = new Cron(cycle, { timezone: 'UTC' }).nextRuns(400, new Date('2026-01-01T00:00:00Z'));
  expect(days.map((day) => day.toISOString())).toEqual(
    days.map((_day, at) => new Date(Date.UTC(2026, 0, 1 + at, 1)).toISOString()),
  );
  expect(days).toHaveLength(400);
});

describe('given a connection', () => {
  test('the schedule runs the refresh flow as scheduled, and keeps nothing of its answer', async () => {
    const done = await fire({ 'run-refresh': refreshed });
    expect(done.error).toBeUndefined();
    expect(done.callsOf('run-refresh').map(({ connector, input }) => [connector, input])).toEqual([
      [
        'onifyElevatedApiRequest',
        {
          url: '/my/workflows/run/fortnox-refresh-access-token',
          method: 'POST',
          query: { timeout: '90' },
          payload: { scheduled: true },
          throwHttpErrors: false,
        },
      ],
    ]);
    expect(done.callsOf('send-mail')).toEqual([]);
    expectNothingSecret(done);
    expect(Object.keys(done.output).sort()).toEqual(['go', 'state', 'status']);
  });

  test('it waits for a minute that is its own, always the same, within four hours', async () => {
    const at = async (tenant: string) => {
      const settings = new Settings(storedToken({ tenant_id: tenant }));
      const done = await run(KEY, settings.answers({ 'run-refresh': refreshed }));
      return done.callsOf('run-refresh')[0]?.at ?? -1;
    };
    const minutes = new Set<number>();
    for (let nth = 1; nth <= 20; nth += 1) {
      minutes.add((await at(String(nth * 104_729))) / 60);
    }
    expect(minutes.size).toBeGreaterThan(15);
    for (const minute of minutes) {
      expect(Number.isInteger(minute) && minute >= 0 && minute < 240).toBe(true);
    }
    expect(Math.max(...minutes)).toBeGreaterThan(120);
    expect(await at('100')).toBe(await at('100'));
  });

  test('a failure is tried again an hour later, and that may be the end of it', async () => {
    const done = await fire({ 'run-refresh': [LOST, refreshed] });
    const [first, second] = done.callsOf('run-refresh');
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(3600);
    expect(done.ok).toBe(true);
    expect(done.callsOf('send-mail')).toEqual([]);
    expect(Object.keys(done.output).sort()).toEqual(['go', 'state', 'status']);
  });

  test('it fails with the sentence of the refresh flow', async () => {
    const done = await fire({ 'run-refresh': LOST }, 1, '');
    expect(done.error?.message).toBe('The connection is lost. Activate it again. [refused]');
    expect(done.output.status).toMatchObject({ statuskey: 'error', error: 'refused' });
    expectNothingSecret(done);
  });

  test.each<[string, Answer, string]>([
    ['hangs', 'hangs', ''],
    ['cannot be reached', { fails: 'ECONNRESET' }, ''],
    ['is not there', { statusCode: 404, body: 'Not found' }, ' (HTTP 404)'],
  ])('it fails visibly when the refresh flow %s', async (_name, answer, status) => {
    const done = await fire({ 'run-refresh': answer });
    expect(done.error?.message).toBe(
      `The flow fortnox-refresh-access-token could not be run${status}. Run it by hand with "fortnox-blueprint refresh" to see more. [not-run]`,
    );
    expectNothingSecret(done);
  });
});

describe('the mail', () => {
  test('calls a person on the first day of what only a person mends, in English and Swedish', async () => {
    const done = await fire({ 'run-refresh': LOST });
    const [call] = done.callsOf('send-mail');
    expect(call).toMatchObject({
      connector: 'onifyElevatedApiRequest',
      input: { url: '/tools/sendmail', method: 'POST', payload: { to: 'ops@example.com' } },
    });
    const { subject, text } = (call?.input.payload ?? {}) as Record<string, string>;
    expect(subject).toBe('Fortnox in Onify needs you / Fortnox i Onify behöver dig');
    expect(text).toMatch(/The connection is lost\. Activate it again\./);
    expect(text).toMatch(/system administrator.*approve.*\/form\/fortnox-activate/);
    expect(text).toMatch(/systemadministratör.*godkänna.*\/form\/fortnox-activate/);
    expect(done.error?.message).toMatch(/connection is lost/);
  });

  test.each([
    ['refused', 1],
    ['not-connected', 1],
    ['token-missing', 1],
    ['licence', 1],
    ['client', 1],
    ['settings-missing', 1],
    ['settings-masked', 1],
    ['temporary', 0],
    ['undecided', 0],
    ['settings-unreadable', 0],
    ['hub-went-away', 0],
    ['too-late', 0],
    ['not-kept', 0],
    ['not-stored', 0],
    ['replaced', 0],
    ['script-missing', 0],
    ['unexpected', 0],
  ])('on the first day of %s: %i', async (code, mails) => {
    const done = await fire({ 'run-refresh': failed(`Why. [${code}]`) });
    expect(done.callsOf('send-mail')).toHaveLength(mails);
  });

  test.each(['token-missing', 'client', 'settings-missing', 'settings-masked'])(
    'of %s leads to the page of the settings, in English and Swedish',
    async (code) => {
      const done = await fire({ 'run-refresh': failed(`Why. [${code}]`) });
      const { text } = (done.callsOf('send-mail')[0]?.input.payload ?? {}) as { text: string };
      expect(text.match(/ \/admin\/settings[.;]/g)).toHaveLength(2);
    },
  );

  test.each([
    [1, 0],
    [2, 0],
    [3, 1],
  ])('for what heals by itself, %i days after the last token: %i', async (days, mails) => {
    const done = await fire({ 'run-refresh': DOWN }, days);
    expect(done.callsOf('send-mail')).toHaveLength(mails);
  });

  test('goes nowhere where no address is set', async () => {
    expect((await fire({ 'run-refresh': LOST }, 9, '')).callsOf('send-mail')).toEqual([]);
  });

  test.each<[string, Answer]>([
    ['fails', { fails: 'ECONNREFUSED' }],
    ['hangs', 'hangs'],
    ['is refused', { statusCode: 500, body: { message: 'no mail' } }],
  ])('that %s does not hide the failure', async (_name, answer) => {
    const done = await fire({ 'run-refresh': LOST, 'send-mail': answer });
    expect(done.error?.message).toMatch(/connection is lost/);
  });
});

describe('given a disconnect that was wanted', () => {
  test('the schedule ends quietly, and mails nobody', async () => {
    const settings = new Settings(storedToken());
    settings.change({ _fortnox_alert_email: 'ops@example.com' });
    const disconnected = await run('fortnox-disconnect', settings.answers());
    expect(disconnected.ok).toBe(true);
    const done = await run(KEY, settings.answers());
    expect(done.error).toBeUndefined();
    expect(done.way).toContain('nothing-to-refresh');
    expect(done.callsOf('send-mail')).toEqual([]);
  });

  test('in the hour before the second try it mails nobody either', async () => {
    const settings = new Settings(storedToken());
    settings.change({ _fortnox_alert_email: 'ops@example.com' });
    const lost = () => {
      settings.token = { connection: 1, rotation: 1, disconnected_at: secondsFromStart(0) };
      return LOST;
    };
    const done = await run(KEY, settings.answers({ 'run-refresh': lost }));
    expect(done.callsOf('run-refresh')).toHaveLength(1);
    expect(done.callsOf('send-mail')).toEqual([]);
    expect(done.ok).toBe(true);
  });
});

describe('given no connection', () => {
  test.each([
    ['an empty token', {}],
    ['something unreadable', 'no json'],
  ])('with %s it ends quietly, and runs nothing', async (_name, token) => {
    const done = await run(KEY, new Settings(token).answers());
    expect(done.error).toBeUndefined();
    expect(done.way).toContain('nothing-to-refresh');
  });

  test('on a Hub without any of the settings it ends quietly', async () => {
    const done = await run(KEY, { 'read-settings': { statusCode: 200, body: {} } });
    expect(done.way).toContain('nothing-to-refresh');
  });
});

test.each<[string, Answer]>([
  ['hangs', 'hangs'],
  ['fails', { fails: 'ECONNREFUSED' }],
  ['answers a login page', { statusCode: 200, body: '<html>' }],
])('given a Hub whose settings call %s, it fails visibly after an hour', async (_name, answer) => {
  const done = await run(KEY, { 'read-settings': answer });
  expect(done.error?.message).toMatch(/settings could not be read/);
  expect(done.callsOf('read-settings')).toHaveLength(2);
});
