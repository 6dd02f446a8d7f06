import type { PugNode } from 'pug-parser';
import { fixedValue, type Known } from './literal.js';

const MAX_TURNS = 50;

/**
 * @param loops around an element, from the outside in
 * @param constants of the form
 * @returns what the names stand for in each turn of the loops; the constants alone where that is not fixed, or there are
 *   very many
 */
export function turnsOf(loops: readonly PugNode[], constants: Known): Known[] {
  let turns: Known[] = [constants];
  for (const { val = '', obj = '', key } of loops) {
    const next: Known[] = [];
    for (const turn of turns) {
      const list = fixedValue(obj, turn);
      if (!Array.isArray(list) || key || turns.length * list.length > MAX_TURNS) {
        return [constants];
      }
      next.push(...list.map((value: unknown) => new Map([...turn, [val.trim(), value]])));
    }
    turns = next;
  }
  return turns;
}
