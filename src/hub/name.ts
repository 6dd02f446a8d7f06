import type { Context } from '../core/context.js';
import type { Connection } from '../options/connection.js';

/** Names the Hub before anything is asked of it, for a person and in the JSON document. */
export function nameHub({ apiUrl }: Connection, { output }: Context): void {
  const { origin, pathname } = new URL(apiUrl);
  const name = origin + pathname;
  output.field('hub', name);
  output.note(`Hub: ${name}`);
}
