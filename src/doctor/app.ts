import { FORM_PATH } from '../blueprint/manifest.js';
import type { Probed, ProbeRequest } from '../hub/prober.js';
import { isSuccess, statusOf } from './answer.js';
import { type Check, ok, unknown } from './check.js';
import type { Profile } from './profile.js';

/** The page that the older web app serves; asked for without the token, as it may be another host's. */
export const FORM_READ: ProbeRequest = { method: 'GET', path: FORM_PATH, below: 'app' };

/**
 * Tells whether the web app serves Pug forms. The newer one alone answers every path with its own page, without a form
 * in it, or with none.
 *
 * @param probed undefined where no address of a web app was given
 * @param isImported the Hub holds the form, so that a web app that serves forms would show it
 */
export function checkApp(
  probed: Probed | undefined,
  isImported: boolean,
): {
  readonly check: Check;
  readonly app: Profile['app'];
} {
  if (!probed) {
    const hint = 'Give its address with --app-url.';
    return { check: unknown('app', 'No address was given.', hint), app: 'unknown' };
  }
  if ('failure' in probed) {
    const { message, hint } = probed.failure;
    return { check: unknown('app', message, hint), app: 'unknown' };
  }
  const { body, isPage } = probed.answer;
  if (isSuccess(probed) && isPage && /<form[\s>]/i.test(body)) {
    return { check: ok('app', 'It shows the form.'), app: 'pug' };
  }
  const status = statusOf(probed) ?? 0;
  if (status >= 300 && status < 400) {
    const text = 'It asks for a login first.';
    return { check: unknown('app', text, 'Look at the form in a browser.'), app: 'unknown' };
  }
  if (isImported && [200, 404].includes(status)) {
    const text = 'It does not serve the form, though the Hub holds it.';
    const way = 'The newer web app has no such forms: use fortnox-blueprint activate.';
    return { check: ok('app', text, way), app: 'none' };
  }
  const hint = 'Before install this is as it should be. After it: use fortnox-blueprint activate.';
  return { check: unknown('app', 'It does not show the form.', hint), app: 'unknown' };
}
