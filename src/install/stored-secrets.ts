import { ACCESS_TOKEN, CLIENT_SECRET } from '../blueprint/manifest.js';
import type { Output } from '../core/output.js';
import { hideStored } from '../token/stored-token.js';
import { isMasked, type StoredSettings } from './stored-settings.js';

/** Registers what the Hub holds now with the output: it is as secret as what replaces it. */
export function registerSecrets(stored: StoredSettings, output: Output): void {
  const clientSecret = stored.get(CLIENT_SECRET)?.value;
  if (typeof clientSecret === 'string' && !isMasked(clientSecret)) {
    output.secret(clientSecret);
  }
  hideStored(stored.get(ACCESS_TOKEN)?.value, output);
}
