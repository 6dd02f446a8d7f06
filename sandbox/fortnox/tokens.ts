import type { Grant } from './company.js';
import { accessTokenFor } from './jwt.js';
import { type FortnoxModes, LIFETIME } from './modes.js';

/** An answer to a token call, as Fortnox documents it. */
export type TokenAnswer = Readonly<Record<string, string | number>>;

/** The codes and tokens that Fortnox gave out, and which of them it still takes. */
export class Tokens {
  readonly #codes = new Map<string, Grant & { readonly redirectUri: string }>();
  readonly #refreshTokens = new Map<string, Grant & { diesAt: number }>();
  readonly #accessTokens = new Map<string, Grant>();
  readonly #made = { code: 0, access: 0, refresh: 0 };
  readonly #now: () => number;
  readonly #modes: FortnoxModes;

  constructor(now: () => number, modes: FortnoxModes) {
    this.#now = now;
    this.#modes = modes;
  }

  /** Makes a code for a grant. */
  code(grant: Grant, redirectUri: string): string {
    const code = this.#secret('code', grant);
    this.#codes.set(code, { ...grant, redirectUri });
    return code;
  }

  /** Uses a code up. @returns what it was given for, where it is good for this address */
  useCode(code: string, redirectUri: string | undefined): Grant | undefined {
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    const isGood =
      grant?.redirectUri === redirectUri && this.#now() < (grant?.at ?? 0) + LIFETIME.code;
    return isGood ? grant : undefined;
  }

  /** @returns what a refresh token was given for, alive or dead */
  refreshGrant(token: string): Grant | undefined {
    return this.#refreshTokens.get(token);
  }

  /** @returns whether a refresh token still works */
  isRefreshTokenAlive(token: string): boolean {
    return this.#now() < (this.#refreshTokens.get(token)?.diesAt ?? 0);
  }

  /** Uses a refresh token up. @returns what it was given for, where it is alive */
  useRefreshToken(token: string): Grant | undefined {
    const grant = this.#refreshTokens.get(token);
    if (!grant || this.#now() >= grant.diesAt) {
      return undefined;
    }
    grant.diesAt = Math.min(grant.diesAt, this.#now() + this.#modes.gracePeriod);
    return grant;
  }

  /** Ends a refresh token; does nothing for a made-up one. */
  endRefreshToken(token: string): void {
    this.#refreshTokens.delete(token);
  }

  /** Ends whatever was given out for a company. */
  endAllOf(tenantId: number): void {
    for (const grants of [this.#codes, this.#refreshTokens, this.#accessTokens]) {
      for (const [token, grant] of grants) {
        if (grant.tenantId === tenantId) {
          grants.delete(token);
        }
      }
    }
  }

  /** @returns what an access token was given for, where it is alive */
  accessGrant(token: string): Grant | undefined {
    const grant = this.#accessTokens.get(token);
    return grant && this.#now() < grant.at + LIFETIME.accessToken ? grant : undefined;
  }

  /** Gives out an access token, and a refresh token where the grant brings one. */
  issue(given: Grant, hasRefreshToken: boolean): TokenAnswer {
    const { clientId, tenantId, scope } = given;
    const grant = { clientId, tenantId, scope, at: this.#now() };
    const id = this.#secret('access', grant);
    const accessToken = this.#modes.accessTokens === 'jwt' ? accessTokenFor(grant, id) : id;
    this.#accessTokens.set(accessToken, grant);
    const answer: Record<string, string | number> = { access_token: accessToken, scope };
    if (hasRefreshToken) {
      const refreshToken = this.#secret('refresh', grant);
      const diesAt = grant.at + LIFETIME.refreshToken;
      this.#refreshTokens.set(refreshToken, { ...grant, diesAt });
      answer.refresh_token = refreshToken;
    }
    const seconds = LIFETIME.accessToken / 1000;
    const { expiresIn } = this.#modes;
    if (expiresIn !== 'missing') {
      answer.expires_in = { number: seconds, text: String(seconds), zero: 0 }[expiresIn];
    }
    return { ...answer, token_type: 'bearer' };
  }

  #secret(kind: 'code' | 'access' | 'refresh', { tenantId }: Grant): string {
    this.#made[kind] += 1;
    return this.#modes.secret(kind, this.#made[kind] - 1, tenantId);
  }
}
