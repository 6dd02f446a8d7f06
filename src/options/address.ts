import { ConfigError } from '../core/errors.js';

/** @returns the address of the Hub's API: it ends in `/api/v2`, without a slash behind it */
export function apiUrlOf(text: string): string {
  const address = webAddress(text, '--api-url', 'ONIFY_API_URL');
  const path = address.pathname.replace(/\/+$/, '');
  if (/\/api\/v\d+$/.test(path)) {
    return address.origin + path;
  }
  return `${address.origin}${path.replace(/\/api$/, '')}/api/v2`;
}

/** @returns the address of the web app, without a slash at its end */
export function appUrlOf(text: string): string {
  return webAddress(text, '--app-url', 'ONIFY_APP_URL').href.replace(/\/+$/, '');
}

function webAddress(text: string, flag: string, variable: string): URL {
  const hint = `Give it with ${flag} or in ${variable}, such as https://hub.example.com:8181.`;
  const trimmed = text.trim();
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) {
    const message = `${flag} takes a web address that begins with https:// or http://.`;
    throw new ConfigError('url_malformed', message, hint);
  }
  const address = new URL(trimmed);
  if (address.username !== '' || address.password !== '') {
    const message = `The address for ${flag} holds a user or a password.`;
    throw new ConfigError('url_with_credentials', message, hint);
  }
  if (address.search !== '' || address.hash !== '') {
    const message = `The address for ${flag} holds a query or a fragment.`;
    throw new ConfigError('url_malformed', message, hint);
  }
  return address;
}
