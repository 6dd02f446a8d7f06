import type { ScriptFacts } from '../script/facts.js';
import { readScript } from '../script/read.js';

/** Remembers what the scripts of the last two lints hold: while someone draws, hardly any of them changes. */
export class RememberedScripts {
  #before = new Map<string, ScriptFacts>();
  #now = new Map<string, ScriptFacts>();

  /** @returns what reads a script during one lint */
  read(): (text: string) => ScriptFacts {
    this.#before = this.#now;
    const now = new Map<string, ScriptFacts>();
    this.#now = now;
    return (text) => {
      const facts = now.get(text) ?? this.#before.get(text) ?? readScript(text);
      now.set(text, facts);
      return facts;
    };
  }
}
