// Stands in for the package is-expression in what is published. That one brings an older acorn of its own, which takes
// longer to load than to use; nearly all that Pug asks about is right, and the acorn that reads the scripts says so too.
// Whatever it does not accept, or might know by newer tables of Unicode, the package itself is asked about.
import { createRequire } from 'node:module';
import { Parser, tokTypes } from 'acorn';

class ExpressionParser extends Parser {
  skipLineComment() {
    this.raise(this.pos, 'Line comments not allowed in an expression');
  }
}

/** Whether a text is surely an expression of ECMAScript 2019, the version that Pug's lexer asks for. */
function isSurely(text) {
  if (/[^\0-\u00ff]/.test(text)) {
    return false;
  }
  try {
    const parser = new ExpressionParser({ ecmaVersion: 10 }, text, 0);
    parser.nextToken();
    parser.parseExpression();
    return parser.type === tokTypes.eof;
  } catch {
    return false;
  }
}

let other;

export default function isExpression(text, options) {
  if (isSurely(text)) {
    return true;
  }
  other ??= createRequire(import.meta.url)('is-expression');
  return other(text, options);
}
