const HOUR = 3_600_000;
const REFRESH_TOKEN_LIFE = 31 * 24 * HOUR;

/** A rotation: Fortnox gave a new refresh token, and the one before died. */
export interface Rotation {
  readonly refreshToken: string;
  readonly at: number;
  /** True once its answer reached a flow that was alive. */
  delivered: boolean;
  /** When it did. */
  deliveredAt: number;
  /** True once it was in the Hub's store. */
  stored: boolean;
  /** True where the Hub died while the run that got it had not kept it yet. */
  orphaned: boolean;
}

/** A company's connection as Fortnox sees it: which tokens work at a moment. Time is in milliseconds. */
export class Company {
  readonly #accessTokens = new Map<string, number>();
  readonly rotations: Rotation[] = [];
  readonly tenantId = '4711';
  readonly #allowsClientCredentials: boolean;
  #serial = 0;

  /** @param allowsClientCredentials whether the company gave a service account's consent */
  constructor(allowsClientCredentials: boolean) {
    this.#allowsClientCredentials = allowsClientCredentials;
  }

  /** @returns the first pair of tokens, as an activation at this moment gives it */
  activate(now: number): { access_token: string; refresh_token: string } {
    const rotation = this.#rotate(now);
    rotation.delivered = true;
    rotation.stored = true;
    return { access_token: this.#accessToken(now), refresh_token: rotation.refreshToken };
  }

  /** @returns the rotation whose refresh token is the living one */
  latest(): Rotation | undefined {
    return this.rotations.at(-1);
  }

  /** @returns whether a call of the API with this access token would be taken */
  accepts(accessToken: unknown, now: number): boolean {
    const issued =
      typeof accessToken === 'string' ? this.#accessTokens.get(accessToken) : undefined;
    return issued !== undefined && now < issued + HOUR;
  }

  /** @returns whether the living refresh token has run out unused */
  isExpired(now: number): boolean {
    const latest = this.latest();
    return latest === undefined || now >= latest.at + REFRESH_TOKEN_LIFE;
  }

  /** Takes a token call. @returns the answer, and the rotation where there was one */
  token(
    form: Record<string, string>,
    tenantId: string | undefined,
    now: number,
  ): { statusCode: number; body: string; rotation?: Rotation } {
    if (form.grant_type === 'client_credentials') {
      if (!this.#allowsClientCredentials || tenantId !== this.tenantId) {
        return refuse('invalid_grant');
      }
      return { statusCode: 200, body: JSON.stringify(this.#answer(this.#accessToken(now))) };
    }
    if (form.refresh_token !== this.latest()?.refreshToken || this.isExpired(now)) {
      return refuse('invalid_grant');
    }
    const rotation = this.#rotate(now);
    const body = { ...this.#answer(this.#accessToken(now)), refresh_token: rotation.refreshToken };
    return { statusCode: 200, body: JSON.stringify(body), rotation };
  }

  #answer(accessToken: string): Record<string, unknown> {
    return {
      access_token: accessToken,
      scope: 'customer invoice',
      expires_in: 3600,
      token_type: 'bearer',
    };
  }

  #accessToken(now: number): string {
    this.#serial += 1;
    const claims = Buffer.from(JSON.stringify({ tenantId: Number(this.tenantId) })).toString(
      'base64url',
    );
    const token = `h.${claims}.a${this.#serial}`;
    this.#accessTokens.set(token, now);
    return token;
  }

  #rotate(now: number): Rotation {
    const rotation = {
      refreshToken: `r${this.rotations.length}`,
      at: now,
      delivered: false,
      deliveredAt: now,
      stored: false,
      orphaned: false,
    };
    this.rotations.push(rotation);
    return rotation;
  }
}

function refuse(error: string): { statusCode: number; body: string } {
  return {
    statusCode: 400,
    body: JSON.stringify({ error, error_description: 'Invalid refresh token' }),
  };
}
