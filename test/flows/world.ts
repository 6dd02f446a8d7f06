import { expect } from 'vitest';
import type { World, WorldOptions } from '../../sandbox/world.js';
import { CLIENT, connectedWorld, SECRET, START } from './flow-world.js';
import { type Answer, type Answers, type Run, type Scene, shipped } from './harness.js';

export { SECRET };

const REFRESH = 'fortnox-refresh-access-token';
const TOKEN_SETTING = '_fortnox_access_token';

/** A token as this blueprint stores it, issued a day before the run. */
export function storedToken(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    access_token: SECRET.access,
    refresh_token: SECRET.refresh,
    scope: 'customer invoice',
    token_type: 'bearer',
    expires_in: 3600,
    timestamp: secondsFromStart(-86_400),
    tenant_id: '1234',
    refresh_token_timestamp: secondsFromStart(-86_400),
    ...changes,
  };
}

/** An ISO time so many seconds from when the simulated runs begin. */
export function secondsFromStart(seconds: number): string {
  return new Date(START + seconds * 1000).toISOString();
}

/** Fortnox's answer to a grant that was accepted. */
export function tokens(changes: Record<string, unknown> = {}): Answer {
  const body = {
    access_token: SECRET.freshAccess,
    refresh_token: SECRET.freshRefresh,
    scope: 'customer invoice',
    expires_in: 3600,
    token_type: 'bearer',
    ...changes,
  };
  return { statusCode: 200, body: JSON.stringify(body) };
}

/** Fortnox's answer to client credentials: no refresh token comes with it. */
export const clientTokens = () => tokens({ refresh_token: undefined });

/** Fortnox's answer to `GET /3/companyinformation`. @param tenant its tenant id */
export function company(tenant: number): Answer {
  const body = { CompanyInformation: { CompanyName: 'Testbolaget AB', DatabaseNumber: tenant } };
  return { statusCode: 200, body: JSON.stringify(body) };
}

/** Fortnox's error answers, labelled and worded as recorded. */
export function refusal(error: string, statusCode = 400): Answer {
  return {
    statusCode,
    body: JSON.stringify({ error, error_description: 'Invalid refresh token' }),
  };
}

/** The settings of a world's Hub: the client, and the stored token, which can be changed while a run goes on. */
export class Settings {
  readonly world: World;
  /** How often the token was written by a flow. */
  writes = 0;
  #isSettingUp = true;

  /**
   * @param token the value of the token setting; text is stored as it is; none: there is no such setting
   * @param changes what is unusual about the world
   */
  constructor(token?: unknown, changes: Partial<WorldOptions> = {}) {
    this.world = connectedWorld({
      ...changes,
      onWrite: ({ key }) => {
        this.writes += key === TOKEN_SETTING && !this.#isSettingUp ? 1 : 0;
      },
      workflows: () => ({
        has: (key) => key === REFRESH,
        run: (_key, variables) => this.#refresh(variables),
      }),
    });
    this.change({
      _fortnox_app_clientid: CLIENT.id,
      _fortnox_app_clientsecret: CLIENT.secret,
      [TOKEN_SETTING]: token,
    });
  }

  /** The stored token. */
  get token(): Record<string, unknown> {
    return JSON.parse(String(this.world.settings.get(TOKEN_SETTING)?.value));
  }

  set token(token: unknown) {
    this.change({ [TOKEN_SETTING]: token });
  }

  /** Changes settings as a person does, or another run; undefined takes one away. */
  change(changes: Readonly<Record<string, unknown>>): void {
    this.#isSettingUp = true;
    const { settings } = this.world;
    for (const [key, value] of Object.entries(changes)) {
      settings.remove(key);
      const type = typeof value === 'string' ? 'string' : 'object';
      const fields = { name: key.slice(1), tag: ['fortnox'], role: ['admin'], category: 'custom' };
      if (value !== undefined) {
        settings.post({ key, value, type, ...fields });
      }
    }
    this.#isSettingUp = false;
  }

  /** @returns this world, and what happens to the calls of single tasks in it */
  answers(answers: Answers = {}): Scene {
    return { world: this.world, answers };
  }

  async #refresh(variables: Record<string, unknown>) {
    return this.world.run(await shipped(REFRESH), { variables });
  }
}

/** Checks that a run left no secret in what the Hub stores with the process. */
export function expectNothingSecret(run: Run, allowed: string[] = []): void {
  const left = JSON.stringify(run.output);
  for (const [name, value] of Object.entries(SECRET)) {
    if (!allowed.includes(value)) {
      expect(left, `${name} is left in the output`).not.toContain(value);
    }
  }
  expect(left).not.toContain(Buffer.from(`JBL1UVnvfo4y:${SECRET.client}`).toString('base64'));
}
