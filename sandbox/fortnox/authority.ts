import { createHmac, randomUUID } from 'node:crypto';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long a code, an access token and a refresh token live, in milliseconds. */
export const LIFETIME = { code: 10 * MINUTE, accessToken: HOUR, refreshToken: 31 * DAY };

/** An app that is registered at Fortnox. */
export interface Client {
  readonly id: string;
  readonly secret: string;
  readonly redirectUris: readonly string[];
}

/** A failure that Fortnox names in its answer. */
export class AuthorityError extends Error {
  /**
   * @param error the field `error` of the answer
   * @param status the HTTP status
   * @param description the field `error_description`
   */
  constructor(
    readonly error: string,
    readonly status: 400 | 401,
    readonly description: string,
  ) {
    super(description);
  }
}

/** An answer to a token call, as Fortnox documents it. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly scope: string;
  readonly expires_in: number;
  readonly token_type: 'bearer';
}

interface Grant {
  readonly clientId: string;
  readonly scope: string;
  readonly at: number;
}

/**
 * What Fortnox remembers of one company: which codes, refresh tokens and access tokens it will still take. Codes
 * and refresh tokens work once; a new refresh token ends the one before it at once.
 */
export class Authority {
  readonly tenantId = 998877;
  /** The company has dropped the licence for the integration. */
  isLicenceDropped = false;
  readonly #clients = new Map<string, Client>();
  readonly #codes = new Map<string, Grant & { redirectUri: string }>();
  readonly #refreshTokens = new Map<string, Grant>();
  readonly #accessTokens = new Map<string, number>();
  readonly #serviceAccounts = new Set<string>();
  readonly #now: () => number;
  readonly #signingKey = randomUUID();

  /** @param now tells the time in milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Registers an app. */
  register(client: Client): void {
    this.#clients.set(client.id, client);
  }

  /** @returns the app, where the address to lead back to is one of its own */
  clientFor(id: string | undefined, redirectUri: string | undefined): Client | undefined {
    const client = this.#clients.get(id ?? '');
    return client && redirectUri !== undefined && client.redirectUris.includes(redirectUri)
      ? client
      : undefined;
  }

  /** A system administrator approves. @returns the code, good for ten minutes and one use */
  approve(clientId: string, redirectUri: string, scope: string, isServiceAccount: boolean): string {
    const code = randomUUID();
    this.#codes.set(code, { clientId, redirectUri, scope, at: this.#now() });
    if (isServiceAccount) {
      this.#serviceAccounts.add(clientId);
    }
    return code;
  }

  /** The customer ends the connection: no token and no grant works any longer. */
  revokeAll(): void {
    this.#refreshTokens.clear();
    this.#accessTokens.clear();
    this.#serviceAccounts.clear();
  }

  /** Ends one refresh token; says yes to made-up ones as well, as Fortnox does. */
  revoke(refreshToken: string): void {
    this.#refreshTokens.delete(refreshToken);
  }

  /** @returns whether the API would take this access token now */
  isAccessTokenValid(accessToken: string): boolean {
    const issued = this.#accessTokens.get(accessToken);
    return issued !== undefined && this.#now() < issued + LIFETIME.accessToken;
  }

  /**
   * Takes a token call.
   *
   * @param basic the value of the Authorization header
   * @param form the fields of the body
   * @param tenantId the header TenantId, needed with client_credentials
   * @throws AuthorityError as Fortnox names it
   */
  token(
    basic: string | undefined,
    form: Readonly<Record<string, string>>,
    tenantId?: string,
  ): TokenAnswer {
    const client = this.#authenticate(basic);
    switch (form.grant_type) {
      case 'authorization_code':
        return this.#exchange(client, form);
      case 'refresh_token':
        return this.#refresh(client, form.refresh_token ?? '');
      case 'client_credentials':
        return this.#clientCredentials(client, tenantId);
      default:
        throw new AuthorityError('unsupported_grant_type', 400, 'The grant type is not supported');
    }
  }

  #authenticate(basic: string | undefined): Client {
    const [, encoded] = /^Basic (.+)$/.exec(basic ?? '') ?? [];
    const [id, ...rest] = Buffer.from(encoded ?? '', 'base64')
      .toString('utf8')
      .split(':');
    const client = this.#clients.get(id ?? '');
    if (client?.secret !== rest.join(':')) {
      throw new AuthorityError('invalid_client', 401, 'The client credentials are invalid');
    }
    return client;
  }

  #exchange(client: Client, form: Readonly<Record<string, string>>): TokenAnswer {
    const grant = this.#codes.get(form.code ?? '');
    this.#codes.delete(form.code ?? '');
    const isGood =
      grant?.clientId === client.id &&
      grant.redirectUri === form.redirect_uri &&
      this.#now() < grant.at + LIFETIME.code;
    if (!isGood) {
      throw new AuthorityError(
        'invalid_grant',
        400,
        "Authorization code doesn't exist or is invalid",
      );
    }
    return this.#issue(client.id, grant.scope);
  }

  #refresh(client: Client, refreshToken: string): TokenAnswer {
    if (this.isLicenceDropped) {
      throw new AuthorityError('error_missing_license', 401, 'The client credentials are invalid');
    }
    const grant = this.#refreshTokens.get(refreshToken);
    const isGood = grant?.clientId === client.id && this.#now() < grant.at + LIFETIME.refreshToken;
    if (!isGood) {
      throw new AuthorityError('invalid_grant', 400, 'Invalid refresh token');
    }
    this.#refreshTokens.delete(refreshToken);
    return this.#issue(client.id, grant.scope);
  }

  #clientCredentials(client: Client, tenantId: string | undefined): TokenAnswer {
    if (this.isLicenceDropped) {
      throw new AuthorityError('error_missing_license', 401, 'The client credentials are invalid');
    }
    if (!this.#serviceAccounts.has(client.id) || tenantId !== String(this.tenantId)) {
      throw new AuthorityError('invalid_grant', 400, 'The client may not act for this tenant');
    }
    const { refresh_token: _none, ...answer } = this.#issue(client.id, '', false);
    return answer;
  }

  #issue(clientId: string, scope: string, hasRefreshToken = true): TokenAnswer {
    const accessToken = this.#jwt(clientId, scope);
    this.#accessTokens.set(accessToken, this.#now());
    const refreshToken = randomUUID().replaceAll('-', '');
    if (hasRefreshToken) {
      this.#refreshTokens.set(refreshToken, { clientId, scope, at: this.#now() });
    }
    return {
      access_token: accessToken,
      ...(hasRefreshToken && { refresh_token: refreshToken }),
      scope,
      expires_in: LIFETIME.accessToken / 1000,
      token_type: 'bearer',
    };
  }

  // RFC 7519, signed with HMAC SHA-256 as Fortnox's are; clients only ever decode it.
  #jwt(clientId: string, scope: string): string {
    const seconds = Math.floor(this.#now() / 1000);
    const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const claims = {
      tenantId: this.tenantId,
      clientId,
      scope: scope.split(' '),
      exp: seconds + LIFETIME.accessToken / 1000,
      jti: randomUUID(),
    };
    const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
    return `${signed}.${createHmac('sha256', this.#signingKey).update(signed).digest('base64url')}`;
  }
}
