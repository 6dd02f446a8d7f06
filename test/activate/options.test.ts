import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/commands/activate.js';
import { type Start, start, startWorld, type World } from './world.js';

const URL_FLOW = '/api/v2/my/workflows/run/fortnox-generate-activation-url';
const TOKEN_FLOW = '/api/v2/my/workflows/run/fortnox-generate-access-token';
let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => world.sandbox.faults.clear());
afterAll(() => world.stop());

function activate(options: NonNullable<Start['options']>, given: Omit<Start, 'options'> = {}) {
  return start(world, run, {
    ...given,
    options: { browser: false, redirectUri: world.redirectUri, ...options },
  });
}

/** Orders the Hub's answer to a run of a flow. */
function answer(path: string, body: unknown, status = 200): void {
  const contentType = 'application/json';
  world.sandbox.faults.order({
    side: 'hub',
    kind: 'answer',
    path,
    status,
    body: JSON.stringify(body),
    contentType,
  });
}

describe('what is wrong on the command line is said before anything is sent', () => {
  test.each([
    [
      'a redirect URI with a fragment',
      { redirectUri: 'http://localhost:2022/#x' },
      'redirect_uri_malformed',
    ],
    [
      'a redirect URI with a password',
      { redirectUri: 'http://a:s3cret-word@localhost' },
      'redirect_uri_malformed',
    ],
    ['no scope', { scopes: ' , ' }, 'scopes_missing'],
    ['a wait of no length', { wait: '0' }, 'seconds_malformed'],
    ['a wait that is no number', { wait: 'long' }, 'seconds_malformed'],
    ['two things to be read from stdin', { code: '-', tokenFile: '-' }, 'stdin_used_twice'],
  ])('%s', async (_name, options, error) => {
    const calls = world.sandbox.faults.calls.length;
    const ended = await activate(options).ended;
    expect(ended).toMatchObject({ exitCode: 2, error });
    expect(ended.said).not.toContain('s3cret-word');
    expect(world.sandbox.faults.calls).toHaveLength(calls);
  });
});

describe('an activation URL that is not as it should be is not shown', () => {
  test.each([
    ['plain http', 'http://apps.fortnox.example/?state=x', 'does not lead to'],
    [
      'a fixed state',
      'https://apps.fortnox.se/oauth-v1/auth?client_id=a&state=somestate',
      "this run's state",
    ],
    ['no text', { url: 'https://apps.fortnox.se/' }, 'is not a web address'],
  ])('such as one with %s', async (_name, output, said) => {
    answer(URL_FLOW, { output, status: { statuskey: 'complete' } });
    const ended = await activate({}).ended;
    expect(ended).toMatchObject({ exitCode: 6, error: 'activation_url_unusable' });
    expect(ended.said).toContain(said);
    expect(ended.said).not.toContain('apps.fortnox');
  });
});

describe('a flow that fails', () => {
  test('is told in its own sentence, without what could steer a terminal', async () => {
    const message = 'The client id\u001b[2J\u0007 is missing.\r\nAdd it.\u202e';
    answer(URL_FLOW, { statusCode: 500, message: 'no', error: { message } }, 500);
    const ended = await activate({}).ended;
    expect(ended).toMatchObject({ exitCode: 6, error: 'flow_failed' });
    expect(ended.json.message).toBe('The client id[2J is missing. Add it.');
  });

  test('is named where it said nothing', async () => {
    answer(URL_FLOW, { statusCode: 502, error: {} }, 502);
    const ended = await activate({}).ended;
    expect(ended.json.message).toBe(
      'The flow fortnox-generate-activation-url failed on the Hub (HTTP 502).',
    );
  });

  test('does not bring the code back, should the Hub repeat it', async () => {
    answer(
      TOKEN_FLOW,
      { error: { message: 'The code 035411fc-ce95-4c4a is bad: {"code":"035411fc-ce95-4c4a"}' } },
      500,
    );
    const running = activate({ code: '-' }, { json: true, verbose: true });
    running.stdin.end('035411fc-ce95-4c4a\n');
    const ended = await running.ended;
    expect(ended.said).toContain('The code **** is bad');
    expect(ended.stdout + ended.said).not.toContain('035411fc');
  });

  test('leads to the form, with the full link where the web app is known', async () => {
    const message = 'Generate a new one at /form/fortnox-activate in Onify.';
    answer(TOKEN_FLOW, { statusCode: 502, error: { message } }, 502);
    const running = activate({ code: '-', appUrl: 'https://onify.example.com/' });
    running.stdin.end('some-code\n');
    const ended = await running.ended;
    expect(ended.json.hint).toContain('https://onify.example.com/form/fortnox-activate');
  });

  test('is not told to activate where its sentence says that this does not help', async () => {
    const message = 'The licence is missing; activating again does not help.';
    answer(TOKEN_FLOW, { statusCode: 502, error: { message } }, 502);
    const running = activate({ code: '-' });
    running.stdin.end('some-code\n');
    expect((await running.ended).json).toMatchObject({
      message,
      hint: 'After that, run "fortnox-blueprint activate" again.',
    });
  });

  test.each<[number, object, string, number]>([
    [401, { statusCode: 401, message: 'no', error: { message: 'No.' } }, 'flow_failed', 6],
    [401, { statusCode: 401, message: 'no', error: 'Unauthorized' }, 'hub_unauthorized', 4],
    [502, { statusCode: 502, message: 'no', error: 'Bad Gateway' }, 'hub_not_ready', 5],
  ])('is known by its body at %i: %j', async (status, body, error, exitCode) => {
    answer(URL_FLOW, body, status);
    expect(await activate({}).ended).toMatchObject({ error, exitCode });
  });

  test('is asked to be installed where the Hub does not have it', async () => {
    answer(URL_FLOW, { statusCode: 404, message: 'No workflow' }, 404);
    const ended = await activate({}).ended;
    expect(ended).toMatchObject({ exitCode: 6, error: 'flow_missing' });
    expect(ended.json.hint).toContain('fortnox-blueprint install');
  });

  test('does not leave its port in use', async () => {
    answer(URL_FLOW, {}, 500);
    await activate({}).ended;
    answer(URL_FLOW, {}, 500);
    expect((await activate({}).ended).said).not.toContain('is used by another program');
  });
});

describe('an answer without a connection', () => {
  test.each([
    ['nothing', undefined],
    ['a connection that was not made', { connected: false }],
    [
      'an answer of another version',
      { access_token: 'foreign-access-token', refresh_token: 'foreign-refresh' },
    ],
  ])('such as %s is a failure, and nothing of it is shown', async (_name, output) => {
    answer(TOKEN_FLOW, { output, status: { statuskey: 'complete' } });
    const running = activate({ code: '-' }, { json: true, verbose: true });
    running.stdin.end('some-code\n');
    const ended = await running.ended;
    expect(ended).toMatchObject({ exitCode: 6 });
    expect(ended.stdout + ended.said).not.toMatch(/foreign-/);
  });
});

describe('scopes that Fortnox left out', () => {
  test('are named', async () => {
    const issued = {
      expires_in: 3600,
      timestamp: '2025-06-15T12:00:00.000Z',
      refresh_token_timestamp: null,
    };
    answer(TOKEN_FLOW, {
      output: { connected: true, scope: 'customer', ...issued, tenant_id: '1' },
    });
    const running = activate({ scopes: 'customer salary' });
    const said = await running.says(/Then paste/);
    expect(said).toContain('Open this address');
    running.stdin.write('some-code\n');
    expect((await running.ended).said).toContain('Warning: Fortnox did not grant: salary.');
  });
});
