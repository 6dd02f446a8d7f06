/** How a Hub takes a write, where the public sources leave it open. */
export interface HubMode {
  /** PUT keeps fields that it does not name, or resets them. */
  readonly put: 'merges' | 'replaces';
}

/** The setting that the connection lives in, and what a Hub does with it. It survives the Hub's death. */
export class HubStore {
  readonly #mode: HubMode;
  readonly #others: Record<string, unknown>;
  #setting: Record<string, unknown>;

  /**
   * @param mode how PUT behaves
   * @param others the other settings with the tag fortnox
   * @param token the token to begin with
   */
  constructor(mode: HubMode, others: Record<string, unknown>, token: Record<string, unknown>) {
    this.#mode = mode;
    this.#others = others;
    this.#setting = {
      name: 'fortnox_access_token',
      value: JSON.stringify(token),
      type: 'object',
      tag: ['fortnox'],
      role: ['admin'],
      category: 'custom',
    };
  }

  /** @returns what `GET /my/config/settings?tag=fortnox` answers */
  map(): Record<string, unknown> {
    const { value, type, tag } = this.#setting;
    const isTagged = Array.isArray(tag) && tag.includes('fortnox');
    const shown = type === 'object' ? JSON.parse(String(value)) : value;
    return { ...this.#others, ...(isTagged && { _fortnox_access_token: shown }) };
  }

  /** Writes the setting. @returns the status and body that a Hub answers */
  write(method: string, payload: Record<string, unknown>): { statusCode: number; body: unknown } {
    if (method === 'POST') {
      return { statusCode: 409, body: { message: 'The setting is there already' } };
    }
    this.#setting = this.#mode.put === 'merges' ? { ...this.#setting, ...payload } : { ...payload };
    return { statusCode: 200, body: { key: '_fortnox_access_token' } };
  }

  /** @returns the refresh token that is stored now, or null */
  refreshToken(): unknown {
    const token = JSON.parse(String(this.#setting.value)) as { refresh_token?: unknown };
    return token.refresh_token ?? null;
  }
}
