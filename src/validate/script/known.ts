import { copied } from '../source/copied.js';
import type { ScriptFacts } from './facts.js';
import { readScript } from './read.js';

/** Characters of all scripts that are remembered; what is known of them takes some ten times as many bytes. */
const MAX_CHARACTERS = 500_000;

/** Reads scripts, and remembers the first ones: people copy them from task to task, and from flow to flow. */
export class KnownScripts {
  readonly #known = new Map<string, ScriptFacts>();
  #characters = 0;

  /** @returns the facts of a script, whose places are counted from its own first character */
  readonly read = (text: string): ScriptFacts => {
    const known = this.#known.get(text);
    if (known) {
      return known;
    }
    if (this.#characters + text.length > MAX_CHARACTERS) {
      return readScript(text);
    }
    const own = copied(text);
    const facts = readScript(own);
    this.#known.set(own, facts);
    this.#characters += own.length;
    return facts;
  };
}
