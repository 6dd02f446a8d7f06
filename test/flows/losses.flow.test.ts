import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extendFn, extensions } from '@onify/flow-extensions';
import { FlowScripts } from '@onify/flow-extensions/FlowScripts';
import { Engine } from 'bpmn-engine';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ScriptCache } from '../../sandbox/engine/cached-scripts.js';
import { hubElements } from '../../sandbox/engine/flow.js';
import { runFlow, type Service } from '../../sandbox/engine/run.js';
import { run } from './asks.js';
import { CLIENT, root } from './flow-world.js';
import { type Answer, type Call, type Run, shipped } from './harness.js';
import {
  clientTokens,
  company,
  expectNothingSecret,
  refusal,
  SECRET,
  Settings,
  secondsFromStart,
  storedToken,
  tokens,
} from './world.js';

const KEY = 'fortnox-refresh-access-token';
const proven = { client_credentials_proven: secondsFromStart(-86_400), connection: 1, rotation: 5 };
const later = (answer: Answer, after: number): Answer =>
  answer === 'passes'
    ? { kind: 'late', milliseconds: after * 1000 }
    : ({ ...(answer as object), after } as Answer);
const other = storedToken({
  access_token: 'other-company',
  refresh_token: 'other-refresh',
  tenant_id: '998877',
  timestamp: secondsFromStart(0),
  connection: 2,
  rotation: 6,
});

describe('a refresh that is under way while another company is activated', () => {
  test.each([
    ['client credentials', proven, clientTokens()],
    ['a rotation', { connection: 1, rotation: 5 }, tokens()],
  ])('by %s does not write the old company back', async (_name, changes, answer) => {
    const settings = new Settings(storedToken(changes));
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox': () => {
          settings.token = other;
          return later(answer, 6);
        },
      }),
    );
    expect(settings.token).toEqual(other);
    expect(done.output.output).toMatchObject({ access_token: 'other-company' });
  });

  const jwt = `h.${Buffer.from('{"tenantId":1}').toString('base64url')}.new`;

  test.each([
    ['of the same company', '1', jwt],
    ['of a company that nobody knows', null, SECRET.freshAccess],
  ])('and writes all the same is mended by the activation %s', async (_name, tenant, access) => {
    const settings = new Settings(storedToken({ connection: 1, rotation: 5, tenant_id: tenant }));
    const old = { ...settings.token, access_token: 'old-company', rotation: 6 };
    await run(
      'fortnox-generate-access-token',
      settings.answers({
        'ask-fortnox:code': tokens({ access_token: access }),
        'ask-fortnox:client': refusal('invalid_grant'),
        'ask-fortnox:company': { statusCode: 403, body: '{}' },
        'look-at-store': (_call, nth) => {
          if (nth === 0) {
            settings.token = old;
          }
          return 'passes';
        },
      }),
      { input: { code: SECRET.code, redirectURI: 'http://localhost:2022' } },
    );
    expect(settings.token).toMatchObject({ access_token: access, connection: 2 });
  });

  test('and writes all the same is mended by the look seven seconds later alone, where no more is learnt', async () => {
    const settings = new Settings(storedToken({ connection: 1, rotation: 5 }));
    const old = { ...settings.token, access_token: 'old-company', rotation: 6 };
    const access = `h.${Buffer.from('{"tenantId":998877}').toString('base64url')}.new`;
    const done = await run(
      'fortnox-generate-access-token',
      settings.answers({
        'ask-fortnox:code': tokens({ access_token: access }),
        'ask-fortnox:client': { statusCode: 503 },
        'save-token': (_call, nth) => {
          if (nth === 0) {
            settings.world.clock.after(3000, () => {
              settings.token = old;
            });
          }
          return 'passes';
        },
      }),
      { input: { code: SECRET.code, redirectURI: 'http://localhost:2022', replaceCompany: true } },
    );
    expect(done.ok).toBe(true);
    expect(settings.token).toMatchObject({ tenant_id: '998877', connection: 2 });
    expect(done.callsOf('look-at-store').map(({ at }) => at)).toEqual([7, 14]);
  });
});

test.each([
  ['client credentials', proven, clientTokens()],
  ['a rotation', { connection: 1, rotation: 5 }, tokens()],
])(
  'a refresh by %s that is under way while the same company is activated with more scopes leaves them',
  async (_name, changes, answer) => {
    const settings = new Settings(storedToken(changes));
    const wider = storedToken({
      access_token: 'wider',
      refresh_token: 'wider-refresh',
      scope: 'customer invoice salary',
      timestamp: secondsFromStart(0),
      connection: 2,
      rotation: 1,
    });
    await run(
      KEY,
      settings.answers({
        'ask-fortnox': () => {
          settings.token = wider;
          return later(answer, 6);
        },
      }),
    );
    expect(settings.token).toEqual(wider);
  },
);

test('an answer without a refresh token keeps the old one, as RFC 6749 says', async () => {
  const settings = new Settings(storedToken());
  const done = await run(
    KEY,
    settings.answers({ 'ask-fortnox:refresh': tokens({ refresh_token: undefined }) }),
  );
  expect(done.ok).toBe(true);
  expect(settings.token).toMatchObject({
    access_token: SECRET.freshAccess,
    refresh_token: SECRET.refresh,
    refresh_token_timestamp: secondsFromStart(-86_400),
  });
});

describe('a list of settings that lacks the token', () => {
  const without = (_settings: Settings): Answer => ({
    statusCode: 200,
    body: { _fortnox_app_clientid: CLIENT.id, _fortnox_app_clientsecret: CLIENT.secret },
  });
  const isByKey = (call: Call) => String(call.input.url).endsWith('/_fortnox_access_token');

  test('once is not believed', async () => {
    const settings = new Settings(storedToken());
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': tokens(),
        'read-settings': (_call, nth) => (nth === 0 ? without(settings) : 'passes'),
      }),
    );
    expect(done.ok).toBe(true);
  });

  test('always is asked for the record itself, which a lost tag does not hide', async () => {
    const settings = new Settings(storedToken());
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': tokens(),
        'read-settings': (call) =>
          isByKey(call) ? { statusCode: 200, body: { value: settings.token } } : without(settings),
      }),
    );
    expect(done.ok).toBe(true);
    expect(done.callsOf('save-token')[0]?.input.payload).toMatchObject({ tag: ['fortnox'] });
  });

  test('where there is none, though the secret is there, it fails visibly', async () => {
    const done = await run(
      KEY,
      new Settings().answers({
        'read-settings': (call) => (isByKey(call) ? { statusCode: 404, body: {} } : 'passes'),
      }),
    );
    expect(done.error?.message).toMatch(/fortnox_access_token is missing.*\[token-missing\]$/);
    expectNothingSecret(done);
  });

  test('once, on the look before a write, does not let a newer token be overwritten', async () => {
    const settings = new Settings(storedToken());
    const newer = storedToken({ access_token: 'newer', refresh_token: 'newer-r', rotation: 3 });
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': tokens(),
        'save-token': (_call, nth) => {
          if (nth > 0) {
            return 'passes';
          }
          settings.token = newer;
          return { fails: 'ECONNRESET' };
        },
        'look-at-store': (_call, nth) => (nth === 0 ? without(settings) : 'passes'),
      }),
    );
    expect(done.ok).toBe(true);
    expect(settings.token).toEqual(newer);
  });

  test('once does not let an activation put another company over the one that is connected', async () => {
    const settings = new Settings(storedToken({ tenant_id: '111111' }));
    const jwt = `h.${Buffer.from('{"tenantId":998877}').toString('base64url')}.new`;
    const done = await run(
      'fortnox-generate-access-token',
      settings.answers({
        'ask-fortnox:code': tokens({ access_token: jwt }),
        'read-settings': (_call, nth) => (nth === 0 ? without(settings) : 'passes'),
      }),
      { input: { code: SECRET.code, redirectURI: 'http://localhost:2022' } },
    );
    expect(done.error?.message).toMatch(/111111.*998877.*\[other-company\]$/);
    expect(settings.token).toMatchObject({ tenant_id: '111111', refresh_token: SECRET.refresh });
  });

  test('once does not keep a disconnect from revoking', async () => {
    const settings = new Settings(storedToken());
    const done = await run(
      'fortnox-disconnect',
      settings.answers({
        'read-settings': (_call, nth) => (nth === 0 ? without(settings) : 'passes'),
      }),
    );
    expect(done.ok).toBe(true);
    expect(done.callsOf('ask-fortnox:revoke')).toHaveLength(1);
    expect(settings.token).not.toHaveProperty('refresh_token');
  });

  test('does not quiet the schedule', async () => {
    const done = await run(
      'fortnox-refresh-schedule',
      new Settings().answers({ 'run-refresh': { statusCode: 502, body: '' } }),
    );
    expect(done.ok).toBe(false);
    expect(done.callsOf('run-refresh').length).toBeGreaterThan(0);
  });
});

describe('counters, not clocks, tell which record is newer', () => {
  test.each([
    ['a day behind', -86_400],
    ['ten minutes ahead', 600],
  ])('a record of another node whose clock is %s is left alone', async (_name, seconds) => {
    const settings = new Settings(storedToken({ connection: 1, rotation: 5 }));
    const newer = storedToken({
      access_token: 'newer',
      refresh_token: 'newer-r',
      timestamp: secondsFromStart(seconds),
      connection: 1,
      rotation: 7,
    });
    await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': tokens(),
        'save-token': (_call, nth) => {
          if (nth > 0) {
            return 'passes';
          }
          settings.token = newer;
          return { fails: 'ECONNRESET' };
        },
      }),
    );
    expect(settings.token).toEqual(newer);
  });

  test('a record without counters is older than any that has them', async () => {
    const settings = new Settings(storedToken());
    const without = storedToken({
      access_token: 'x',
      refresh_token: 'y',
      timestamp: secondsFromStart(9),
    });
    await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': tokens(),
        'save-token': (_call, nth) => {
          if (nth > 0) {
            return 'passes';
          }
          settings.token = without;
          return { fails: 'ECONNRESET' };
        },
      }),
    );
    expect(settings.token).toMatchObject({ access_token: SECRET.freshAccess, rotation: 1 });
  });
});

describe('own limits', () => {
  test.each([12, 14.9])('a rotation that Fortnox answers after %d s is kept', async (seconds) => {
    const settings = new Settings(storedToken({ tenant_id: null }));
    const done = await run(
      KEY,
      settings.answers({ 'ask-fortnox:refresh': later(tokens(), seconds) }),
    );
    expect(done.ok).toBe(true);
    expect(settings.token.refresh_token).toBe(SECRET.freshRefresh);
  });

  test('a second try of 14 s, and two writes that hang, still end within 45 s with the token kept', async () => {
    const settings = new Settings(storedToken({ tenant_id: null }));
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox:refresh': ['hangs', later(tokens(), 12)],
        'save-token': (_call, nth) => (nth < 1 ? 'hangs' : 'passes'),
      }),
    );
    expect(done.ok).toBe(true);
    expect(done.seconds).toBeLessThan(45);
  });
});

test('an opaque access token leaves the tenant id to be asked for: the scheduled run learns it', async () => {
  const settings = new Settings(storedToken({ tenant_id: null }));
  const done = await run(
    KEY,
    settings.answers({
      'ask-fortnox:refresh': tokens(),
      'ask-fortnox:company': company(998877),
    }),
    { input: { scheduled: true } },
  );
  expect(done.ok).toBe(true);
  expect(done.callsOf('ask-fortnox:company')[0]?.input).toMatchObject({
    url: 'https://api.fortnox.se/3/companyinformation',
    method: 'GET',
    headers: { authorization: `Bearer ${SECRET.freshAccess}` },
  });
  expect(settings.token).toMatchObject({
    tenant_id: '998877',
    company: 'Testbolaget AB',
    rotation: 2,
  });
});

describe('the verdict does not depend on speed', () => {
  test.each([0, 1, 2])(
    'at %i s a call, a revoked consent ends in "activate again"',
    async (after) => {
      const settings = new Settings(storedToken(proven));
      const done = await run(
        KEY,
        settings.answers({
          'read-settings': () => later('passes', after),
          'ask-fortnox': later(refusal('invalid_grant'), after),
        }),
      );
      expect(done.error?.message).toMatch(/Activate it again.*\[refused\]$/);
      expect(done.seconds).toBeLessThan(45);
    },
  );

  test.each([0, 1, 2])('at %i s a call, so it does without a tenant id', async (after) => {
    const settings = new Settings(storedToken({ tenant_id: null }));
    const done = await run(
      KEY,
      settings.answers({
        'read-settings': () => later('passes', after),
        'ask-fortnox': later(refusal('invalid_grant'), after),
      }),
    );
    expect(done.error?.message).toMatch(/Activate it again/);
  });

  test('the loser of a race that another one wins late is not called lost', async () => {
    const settings = new Settings(storedToken({ tenant_id: null }));
    const winner = storedToken({
      access_token: 'winner',
      refresh_token: 'w',
      timestamp: secondsFromStart(8),
      rotation: 1,
    });
    const done = await run(
      KEY,
      settings.answers({
        'ask-fortnox': refusal('invalid_grant'),
        'read-settings': (call) => {
          if (call.at >= 8) {
            settings.token = winner;
          }
          return 'passes';
        },
      }),
    );
    expect(done.output.output).toMatchObject({ access_token: 'winner' });
  });

  test('a Hub that is down is not called a Fortnox that could not be reached', async () => {
    const settings = new Settings(storedToken());
    const never = await run(KEY, settings.answers({ 'read-settings': { fails: 'ECONNREFUSED' } }));
    expect(never.error?.message).toMatch(/^The settings could not be read from the Hub/);
    const later = await run(
      KEY,
      settings.answers({
        'ask-fortnox': refusal('invalid_grant'),
        'read-settings': (_call, nth) => (nth === 0 ? 'passes' : { fails: 'ECONNREFUSED' }),
      }),
    );
    expect(later.error?.message).toMatch(/^The Hub stopped answering while Fortnox was asked/);
  });

  test('the milestone of a failing end is its sentence, that of a refused call its status', async () => {
    const settings = new Settings(storedToken({ tenant_id: null }));
    const done = await run(
      KEY,
      settings.answers({ 'ask-fortnox': refusal('invalid_client', 401) }),
    );
    expect(done.output.state).toEqual({
      id: 'explain',
      name: 'Say what is wrong',
      result: { error: true, statusmessage: done.error?.message },
    });
    expect(done.output.status).toMatchObject({ statuskey: 'error', error: 'client' });
  });
});

describe('a script file that is missing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scripts-'));
  const scripts = join(folder, 'scripts/fortnox');
  beforeEach(() => cpSync(join(root, 'resources'), folder, { recursive: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['fortnox-disconnect', 'choose-disconnect'],
    ['fortnox-generate-access-token', 'check-consent'],
    ['fortnox-generate-access-token', 'choose-question'],
    ['fortnox-refresh-access-token', 'choose-grant'],
  ])('of %s is named, and leaves no secret', async (flow, script) => {
    rmSync(join(scripts, `${script}.js`));
    const settings = new Settings(storedToken(), {
      resourcesDir: folder,
      scripts: new ScriptCache(),
    });
    const input = { code: 'a-code', redirectURI: 'http://localhost:2022' };
    const done = await run(flow, settings.answers(), { input });
    expect(done.error?.message).toMatch(/\[script-missing\]$/);
    expectNothingSecret(done);
  });

  test.each([
    ['fortnox-connection-status', 'report-connection'],
    ['fortnox-disconnect', 'choose-disconnect'],
    ['fortnox-generate-access-token', 'choose-question'],
    ['fortnox-refresh-access-token', 'choose-grant'],
  ])('of %s leaves no secret where what explains it is missing too', async (flow, script) => {
    rmSync(join(scripts, `${script}.js`));
    rmSync(join(scripts, 'explain.js'));
    const settings = new Settings(storedToken(), {
      resourcesDir: folder,
      scripts: new ScriptCache(),
    });
    const input = { code: SECRET.code, redirectURI: 'http://localhost:2022' };
    const done = await run(flow, settings.answers(), { input });
    expect(done.ok).toBe(false);
    expectNothingSecret(done);
  });

  /** Runs the refresh with the Hub's own script host, which reads each file when it is used. */
  const refresh = async (settings: Settings, ask: () => Answer) => {
    const service: Service = (input, message, callback) => {
      const { id } = (message as { content: { id: string } }).content;
      const answer = id === 'ask-fortnox' ? ask() : answerOfHub(settings, input);
      callback(null, { headers: {}, ...(answer as object) });
    };
    const services = { httpRequest: service, onifyApiRequest: service };
    const done = await runFlow({
      flow: await shipped(KEY, hubElements),
      resourcesDir: folder,
      variables: {},
      services: { ...services, onifyElevatedApiRequest: service },
    });
    return done as Run;
  };

  test('between a rotation and its save loses nothing', async () => {
    const settings = new Settings(storedToken());
    const done = await refresh(settings, () => {
      rmSync(scripts, { recursive: true });
      return tokens();
    });
    expect(done.ok).toBe(true);
    expect(settings.token.refresh_token).toBe(SECRET.freshRefresh);
    expectNothingSecret(done, [SECRET.freshAccess]);
  });

  test('before anything was asked leaves no secret behind', async () => {
    rmSync(join(scripts, 'choose-grant.js'));
    const done = await refresh(new Settings(storedToken()), tokens);
    expect(done.error?.message).toMatch(
      /A script of the blueprint could not be run.*\[script-missing\]$/,
    );
    expectNothingSecret(done);
  });

  test('for the explanation too leaves no secret behind', async () => {
    rmSync(join(scripts, 'explain.js'));
    const done = await refresh(new Settings({}), tokens);
    expect(done.ok).toBe(false);
    expectNothingSecret(done);
  });
});

test('a process that is resumed after a restart looks before it writes again, and holds no client secret', async () => {
  const settings = new Settings(storedToken());
  const newer = storedToken({ access_token: 'newer', refresh_token: 'newer-r', rotation: 9 });
  const sent: unknown[] = [];
  let isUp = true;
  const service: Service = (input, message, callback) => {
    const { id } = (message as { content: { id: string } }).content;
    if (id === 'save-token' && isUp) {
      isUp = false;
      return;
    }
    if (input.payload) {
      sent.push(input.payload);
    }
    const answer = id === 'ask-fortnox' ? tokens() : answerOfHub(settings, input);
    callback(null, { headers: {}, ...(answer as object) });
  };
  const flow = await shipped(KEY, hubElements);
  const options = {
    elements: { ...hubElements },
    extensions: { onify: extensions },
    extendFn,
    services: { httpRequest: service, onifyApiRequest: service, onifyElevatedApiRequest: service },
    scripts: new FlowScripts(KEY, join(root, 'resources'), {}),
  };
  const engine = new Engine({ name: KEY, sourceContext: flow.context, ...options } as never);
  await engine.execute();
  await vi.waitFor(() => expect(isUp).toBe(false), { timeout: 1_800_000 });
  const state = JSON.parse(JSON.stringify(await engine.getState()));
  engine.stop();
  expect(JSON.stringify(state)).not.toMatch(/Basic |canary-client-secret/);
  settings.token = newer;
  const resumed = new Engine({ name: KEY } as never).recover(state, {
    ...options,
    sourceContext: flow.context,
  } as never);
  await new Promise<void>((resolve, reject) => {
    resumed.resume({}, (error) => (error ? reject(error) : resolve())).catch(reject);
  });
  expect(sent).toEqual([]);
  expect(settings.token).toEqual(newer);
});

test.each<[string, Answer]>([
  ['a login page', { statusCode: 200, body: '<html>' }],
  ['an empty output', { statusCode: 200, body: { output: {} } }],
  ['an empty token', { statusCode: 200, body: { output: { access_token: '' } } }],
])('%s is no success for the schedule', async (_name, answer) => {
  const done = await run(
    'fortnox-refresh-schedule',
    new Settings(storedToken()).answers({ 'run-refresh': answer }),
  );
  expect(done.ok).toBe(false);
});

/** What the Hub answers to a call that reads or writes the settings, for a run without the world's own services. */
function answerOfHub(settings: Settings, input: Record<string, unknown>): Answer {
  const { payload } = input as { payload?: { value: string } };
  if (payload) {
    settings.token = JSON.parse(payload.value);
    return { statusCode: 200, body: { key: '_fortnox_access_token' } };
  }
  const body = {
    _fortnox_app_clientid: CLIENT.id,
    _fortnox_app_clientsecret: CLIENT.secret,
    _fortnox_access_token: settings.token,
  };
  return { statusCode: 200, body };
}
