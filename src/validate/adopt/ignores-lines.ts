import { MARK } from '../source/mark.js';
import type { TextFile } from '../text.js';
import { type Ignore, readIgnore } from './ignore.js';

/** Lines of one call in a form. */
const MAX_LINES = 100;

/** @returns the `// onify-ignore` comments of a script, a form (`//-`) or the scripts in a flow; one a line */
export function ignoresInLines({ path, text }: TextFile): Ignore[] {
  const lines = text.split('\n');
  const isForm = /\.pug$/i.test(path);
  let codeAfter: readonly number[] | undefined;
  return lines.flatMap((line, index): Ignore[] => {
    const at = line.indexOf(MARK);
    const before = at === -1 ? '' : line.slice(0, at).trimEnd();
    const slashes = /\/\/-?$/.exec(before)?.index;
    if (slashes === undefined) {
      return [];
    }
    const own = index + 1;
    const position = { file: path, line: own, column: slashes + 1 };
    const said = readIgnore(line.slice(at + MARK.length).split('</', 1)[0] ?? '');
    if (!isAlone(before.slice(0, slashes).trimEnd())) {
      return [{ ...position, ...said, covered: { lines: [[own, own]] } }];
    }
    codeAfter ??= nextCode(lines);
    const next = (codeAfter[index] ?? index) + 1;
    const last = isForm ? endOfCall(lines, next) : next;
    const covered = { lines: [[own, own] as const, [next, last] as const] };
    return [{ ...position, ...said, covered }];
  });
}

/** Whether nothing stands in front of a comment, but the tag that its script begins with. */
function isAlone(before: string): boolean {
  return before === '' || /(<[\w:]*script[^<>]*>|<!\[CDATA\[)$/i.test(before.slice(-200));
}

/** By the index of a line, that of the next one which is neither empty nor a comment. */
function nextCode(lines: readonly string[]): number[] {
  const next: number[] = [];
  let code = lines.length - 1;
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    next[index] = code;
    if (!/^\s*(\/\/|$)/.test(lines[index] ?? '')) {
      code = index;
    }
  }
  return next;
}

/** The line that closes what a line opens: the attributes of a tag, the object that a mixin is called with. */
function endOfCall(lines: readonly string[], first: number): number {
  let depth = 0;
  for (let line = first; line <= Math.min(lines.length, first + MAX_LINES); line += 1) {
    for (const [bracket] of (lines[line - 1] ?? '').matchAll(/[([{)\]}]/g)) {
      depth += '([{'.includes(bracket) ? 1 : -1;
    }
    if (depth <= 0) {
      return line;
    }
  }
  return first;
}
