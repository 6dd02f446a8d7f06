import { posix } from 'node:path';
import { onHub } from '../blueprint.js';
import type { Form } from './facts.js';
import { VIEWS } from './known.js';

/** Where the Hub's own views lie. */
export const OF_HUB: readonly string[] = Object.values(VIEWS);

/** @returns where a path in a form leads on the Hub; resources/ is copied to its root */
export function hubPathOf({ path }: Form, name: string): string {
  const folder = posix.dirname(onHub(path));
  // The Hub's own views are found from every folder.
  const ofHub = /^(\.\.\/)+views\//.test(name) ? name.replace(/^(\.\.\/)+/, '/') : name;
  const target = ofHub.startsWith('/') ? ofHub : posix.join('/', folder, ofHub);
  return target.replace(/\.pug$/, '');
}

/** @returns whether a form extends one of the Hub's own views */
export function isOfHub(form: Form): boolean {
  return form.view !== undefined && OF_HUB.includes(hubPathOf(form, form.view.name));
}
