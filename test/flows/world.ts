import { expect } from 'vitest';
import type { Answer, Answers, Call, Run } from './harness.js';
import { START } from './harness.js';

/** Values that must never be left behind; each is easy to find. */
export const SECRET = {
  client: 'canary-client-secret',
  access: 'canary-old-access',
  refresh: 'canary-old-refresh',
  freshAccess: 'canary-fresh-access',
  freshRefresh: 'canary-fresh-refresh',
  code: 'canary-code-035411fc',
};

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

/** Fortnox's error answers, labelled and worded as recorded. */
export function refusal(error: string, statusCode = 400): Answer {
  return {
    statusCode,
    body: JSON.stringify({ error, error_description: 'Invalid refresh token' }),
  };
}

/** The Hub's settings, as a flow reads and writes them. */
export class Settings {
  readonly map: Record<string, unknown> = {
    _fortnox_app_clientid: 'JBL1UVnvfo4y',
    _fortnox_app_clientsecret: SECRET.client,
  };
  writes = 0;

  constructor(token?: unknown) {
    if (token !== undefined) {
      this.map._fortnox_access_token = token;
    }
  }

  get token(): Record<string, unknown> {
    return this.map._fortnox_access_token as Record<string, unknown>;
  }

  readonly read = (): Answer => ({ statusCode: 200, body: this.map });

  readonly write = (call: Call): Answer => {
    const payload = call.input.payload as { value: string };
    this.map._fortnox_access_token = JSON.parse(payload.value);
    this.writes += 1;
    return { statusCode: 200, body: { key: '_fortnox_access_token' } };
  };

  /** Answers for the tasks that read and write settings; `changes` replaces single ones. */
  answers(changes: Answers = {}): Answers {
    return {
      'read-settings': this.read,
      'look-at-store': this.read,
      'save-token': this.write,
      ...changes,
    };
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
