import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const flow = readFileSync(join(root, 'flows/fortnox-refresh-access-token.bpmn'), 'utf8');

/** @returns the refresh flow with one of its lines replaced */
function without(guard: string, replacement: string): string {
  const spoiled = flow.replace(guard, () => replacement);
  if (spoiled === flow) {
    throw new Error(`The flow has no ${guard}`);
  }
  return spoiled;
}

const LOOK_AFTER_WRITE = 'return look(Math.min(Math.ceil(saving.writes / 2), 3) * SECOND);';

/** Refresh flows that lose connections which can be kept, as integrations in the field do. */
export const spoiled = {
  /** Writes the fresh token once, and gives up when that fails. */
  savesOnce: without(LOOK_AFTER_WRITE, 'return done(false);'),
  /** Writes again and again without looking whether someone has rotated since. */
  repeatsBlindly: without('if (isNewer(stored)) {', 'if (false) {'),
  /** Takes any 2xx answer to a write for a kept token. */
  trustsAnyAnswer: without(
    " &amp;&amp; body !== null &amp;&amp; typeof body === 'object' &amp;&amp; !Array.isArray(body)",
    '',
  ),
};
