import { type Expression, parseExpressionAt } from 'acorn';

/** @returns the expression of JavaScript that a text begins with, with its places; undefined where it is none */
export function parseExpression(text: string): Expression | undefined {
  try {
    return parseExpressionAt(text, 0, { ecmaVersion: 'latest', locations: true });
  } catch {
    // Or it is nested too deeply to be read.
    return undefined;
  }
}
