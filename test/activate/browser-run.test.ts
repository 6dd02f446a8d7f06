import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { activate } from '../../src/commands/activate.js';
import type { Context } from '../../src/core/context.js';
import type { CommandInput } from '../../src/options/input.js';
import { begin, type Got, occupy, release, visit } from './fake-browser.js';
import { decide, type Start, start, startWorld, type World } from './world.js';

let world: World;
let page: Got | undefined;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.store({});
  page = undefined;
});
afterEach(() => {
  delete world.sandbox.authorize.answer;
  world.sandbox.faults.clear();
});
afterAll(() => world.stop());

/** Runs `activate` with a browser in which a person does something; the program does not wait for that. */
function activateWith(person: (url: string) => Promise<unknown>, given: Start = {}) {
  const command = async (input: CommandInput, context: Context) => {
    let acting: Promise<unknown> | undefined;
    try {
      return await activate(input, context, async (url) => {
        acting = person(url);
        acting.catch(() => undefined);
        return true;
      });
    } finally {
      await acting;
    }
  };
  const options = { redirectUri: world.redirectUri, ...given.options };
  return start(world, command, { ...given, options });
}

async function decideAndFollow(
  start: string,
  decision: 'approve' | 'refuse' = 'approve',
): Promise<void> {
  const { url, headers } = await begin(start);
  page = await visit(await decide(url, decision), { headers });
}

describe('an approval in the browser', () => {
  test('connects Fortnox and says when the tokens end', async () => {
    const ended = await activateWith(decideAndFollow).ended;

    expect(ended).toMatchObject({ exitCode: 0, error: null });
    expect(ended.stdout).toMatch(
      /^Fortnox is connected\.\nAccess token until: {3}\d{4}-\d\d-\d\d \d\d:\d\d UTC/,
    );
    expect(world.stored()).toMatchObject({ expires_in: 3600, tenant_id: '998877' });
  });

  test('reports the same in JSON', async () => {
    const ended = await activateWith(decideAndFollow, { json: true }).ended;

    const stored = world.stored();
    const issued = Date.parse(String(stored.timestamp));
    expect(JSON.parse(ended.stdout)).toEqual({
      hub: world.sandbox.apiUrl,
      company: 'Exempelbolaget AB',
      token: {
        accessExpiresAt: new Date(issued + 3_600_000).toISOString(),
        refreshExpiresAt: new Date(issued + 31 * 86_400_000).toISOString(),
        scope: stored.scope,
        tenantId: stored.tenant_id,
      },
    });
  });

  test('names the company in the terminal', async () => {
    const ended = await activateWith(decideAndFollow).ended;
    expect(ended.stdout).toMatch(/^Company: +Exempelbolaget AB \(tenant id 998877\)$/m);
  });

  test('shows the browser what happened, and which company is connected', async () => {
    await activateWith(decideAndFollow).ended;
    expect(page?.status).toBe(200);
    expect(page?.body).toContain('Approved in Fortnox');
    expect(page?.body).toContain('<h2>Fortnox is connected</h2>');
    expect(page?.body).toContain('Onify is connected to Exempelbolaget AB (tenant id 998877).');
  });

  test('shows the browser the tenant id where the scopes do not allow to ask for the name', async () => {
    await activateWith(decideAndFollow, { options: { scopes: 'customer' } }).ended;
    expect(page?.body).toContain('Onify is connected to the company with tenant id 998877.');
  });

  test('that the Hub makes nothing of is told to the browser as in the terminal', async () => {
    const other = { access_token: 'a', refresh_token: 'b', tenant_id: '111111', expires_in: 3600 };
    world.store({ ...other, scope: '', token_type: 'bearer', timestamp: new Date().toISOString() });
    const ended = await activateWith(decideAndFollow).ended;

    expect(ended.exitCode).toBe(6);
    expect(page?.body).toContain('<h2>The activation failed</h2>');
    expect(page?.body).toContain('111111');
    expect(page?.body).not.toContain('<h2>Fortnox is connected</h2>');
    expect(world.stored()).toMatchObject(other);
  });

  test('asks for the usual scopes', async () => {
    await activateWith(decideAndFollow).ended;
    expect(world.stored().scope).toBe(
      'invoice order article project salary costcenter payment offer price customer companyinformation',
    );
  });

  test('asks for the scopes that were given, and warns of one that is not documented', async () => {
    const ended = await activateWith(decideAndFollow, { options: { scopes: 'customer,invoices' } })
      .ended;
    expect(world.stored().scope).toBe('customer invoices');
    expect(ended.said).toContain(
      'Warning: Fortnox does not document a scope "invoices". Did you mean "invoice"?',
    );
  });

  test('sends a state of 32 bytes, another each time', async () => {
    const states: Buffer[] = [];
    const note = async (start: string) => {
      const { url, headers } = await begin(start);
      states.push(Buffer.from(new URL(url).searchParams.get('state') ?? '', 'base64url'));
      page = await visit(await decide(url), { headers });
    };
    await activateWith(note).ended;
    await activateWith(note).ended;
    expect(states.map((state) => state.length)).toEqual([32, 32]);
    expect(states[0]).not.toEqual(states[1]);
  });

  test('leaves nothing listening', async () => {
    await activateWith(decideAndFollow).ended;
    await expect(visit(`${world.redirectUri}/`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('works after an answer with a foreign state, which is said and ignored', async () => {
    const ended = await activateWith(async (url) => {
      const foreign = await visit(`${world.redirectUri}/?code=stolen-code&state=foreign`);
      expect(foreign.body).toContain('does not belong to this activation');
      await decideAndFollow(url);
    }).ended;

    expect(ended.exitCode).toBe(0);
    expect(ended.said).toContain('This answer does not belong to this activation');
    expect(ended.said).not.toContain('stolen-code');
  });
});

describe('an answer of Fortnox that ends the activation', () => {
  test('is a refusal', async () => {
    const ended = await activateWith((url) => decideAndFollow(url, 'refuse')).ended;

    expect(ended).toMatchObject({ exitCode: 6, error: 'fortnox_access_denied' });
    expect(ended.said).toContain(
      'Error: The access was not approved in Fortnox. Run "fortnox-blueprint activate"',
    );
    expect(page?.body).toContain('The access was not approved in Fortnox.');
  });

  test.each([
    ['invalid_scope', 'fortnox_invalid_scope'],
    ['error_missing_license', 'fortnox_license_missing'],
    ['error_missing_app_license', 'fortnox_license_missing'],
    ['error_missing_system_admin_right', 'fortnox_not_system_admin'],
    ['something_else', 'fortnox_refused'],
  ])('is %s', async (answer, error) => {
    world.sandbox.authorize.answer = answer;
    const ended = await activateWith(decideAndFollow).ended;

    expect(ended).toMatchObject({ exitCode: 6, error });
    expect(page?.body).toContain('Fortnox is not connected');
    expect(world.stored()).toEqual({});
  });
});

describe('an answer of Fortnox without a state', () => {
  test('is shown in the browser and told once, and does not end the wait', async () => {
    world.sandbox.authorize.answer = 'nothing';
    const again = async (start: string) => {
      await decideAndFollow(start);
      await visit(`${world.redirectUri}/`);
    };
    const ended = await activateWith(again, { options: { wait: '0.4' } }).ended;

    expect(ended).toMatchObject({ exitCode: 6, error: 'activation_timeout' });
    expect(page).toMatchObject({
      status: 200,
      body: expect.stringContaining('Waiting for Fortnox'),
    });
    expect(ended.said.match(/came back without an answer/g)).toHaveLength(1);
  });
});

describe('a wait that ends without an answer', () => {
  test('is a timeout', async () => {
    const ended = await activateWith(async () => undefined, { options: { wait: '0.2' } }).ended;
    expect(ended).toMatchObject({ exitCode: 6, error: 'activation_timeout' });
    expect(ended.said).toContain('No answer came from Fortnox within 0.2 seconds.');
  });

  test('is interrupted by Ctrl-C', async () => {
    const running = activateWith(async () => undefined);
    await running.says(/Waiting for/);
    running.interrupt();
    expect(await running.ended).toMatchObject({ exitCode: 130, error: 'interrupted' });
    await expect(visit(`${world.redirectUri}/`)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('a port that is used', () => {
  test('is named before anything is asked of the Hub', async () => {
    const other = await occupy('127.0.0.1', world.port);
    const before = world.runsOf('fortnox-generate-activation-url');
    const ended = await activateWith(decideAndFollow).ended;
    await release(other);

    expect(ended).toMatchObject({ exitCode: 2, error: 'redirect_port_used' });
    expect(ended.said).toContain(`Port ${world.port}`);
    expect(ended.said).toContain('--no-browser');
    expect(world.runsOf('fortnox-generate-activation-url')).toBe(before);
  });
});

describe('a browser that cannot be opened', () => {
  test('is made up for by the printed address', async () => {
    const command = (input: CommandInput, context: Context) =>
      activate(input, context, async () => false);
    const running = start(world, command, { options: { redirectUri: world.redirectUri } });
    const said = await running.says(/Waiting for/);
    const [url = ''] = /http\S+oauth-v1\S+/.exec(said) ?? [];
    await visit(await decide(url));
    expect((await running.ended).exitCode).toBe(0);
  });
});

describe('another user of this computer', () => {
  test('can not bring a code of their own, though they know the state', async () => {
    const ended = await activateWith(async (start) => {
      const { url, headers } = await begin(start);
      const state = new URL(url).searchParams.get('state');
      const theirs = await visit(`${world.redirectUri}/?code=their-code&state=${state}`);
      expect(theirs.body).toContain('another browser than the one that was opened');
      await visit(await decide(url), { headers });
    }).ended;
    expect(ended).toMatchObject({ exitCode: 0 });
    expect(ended.said).toContain('another browser');
  });

  test('learns nothing from the address that was opened, once it was', async () => {
    await activateWith(async (start) => {
      const { url, headers } = await begin(start);
      const theirs = await visit(start);
      expect(theirs.status).toBe(410);
      expect(JSON.stringify(theirs)).not.toContain('state=');
      expect((await visit(start, { headers })).headers.location).toBe(url);
      await visit(await decide(url), { headers });
    }).ended;
  });
});
