import type { SettingsStore } from '../hub/settings.js';

/** The setting that the token stands in. */
export const TOKEN_SETTING = '_fortnox_access_token';

/** The fields of a stored token that a judge looks at; none where nothing is stored. */
export interface Stored {
  readonly access_token?: string | null;
  readonly refresh_token?: string | null;
  readonly refresh_token_timestamp?: string | null;
  readonly tenant_id?: string | null;
  readonly connection?: number;
  readonly client_credentials_proven?: string | null;
  readonly client_credentials_rejected?: string | null;
}

/** @returns what a Hub stores */
export function storedIn(settings: SettingsStore | undefined): Stored {
  const value = settings?.get(TOKEN_SETTING)?.value;
  return typeof value === 'string' ? JSON.parse(value) : {};
}

/** @returns the tenant id that the flows find in a record: its own, else the claim of its access token */
export function tenantOf({ tenant_id, access_token }: Stored): number | undefined {
  const found = Number(tenant_id ?? claimOf(access_token ?? ''));
  return found > 0 ? found : undefined;
}

function claimOf(accessToken: string): unknown {
  try {
    const [, claims = ''] = accessToken.split('.');
    return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')).tenantId;
  } catch {
    return undefined;
  }
}
