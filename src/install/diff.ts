/** Lines around a difference. */
const CONTEXT = 3;

/** Above this, a file is shown as replaced: to compare each line with each other takes too long. */
const MAX_CELLS = 16_000_000;

/** A line of both texts, or of one of them. */
interface Line {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/**
 * Compares two texts by their lines, as `diff -u` does.
 *
 * @param from undefined where there is none
 * @param to undefined where there will be none
 * @returns the unified diff; no line where they are the same
 */
export function unifiedDiff(
  name: string,
  from: string | undefined,
  to: string | undefined,
): string[] {
  const lines = linesOf(splitLines(from), splitLines(to));
  const hunks = hunksOf(lines);
  if (hunks.length === 0) {
    return [];
  }
  const title = (side: string, text: string | undefined) =>
    text === undefined ? '/dev/null' : `${side}${name}`;
  return [`--- ${title('a', from)}`, `+++ ${title('b', to)}`, ...hunks];
}

function splitLines(text: string | undefined): string[] {
  const lines = (text ?? '').split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function linesOf(from: readonly string[], to: readonly string[]): Line[] {
  const removed = from.map((text): Line => ({ sign: '-', text }));
  const added = to.map((text): Line => ({ sign: '+', text }));
  if (from.length * to.length > MAX_CELLS) {
    return [...removed, ...added];
  }
  const width = to.length + 1;
  // The longest common run of lines from each place on, filled from the end.
  const common = new Uint32Array((from.length + 1) * width);
  const at = (a: number, b: number) => common[a * width + b] ?? 0;
  for (let a = from.length - 1; a >= 0; a -= 1) {
    for (let b = to.length - 1; b >= 0; b -= 1) {
      common[a * width + b] =
        from[a] === to[b] ? at(a + 1, b + 1) + 1 : Math.max(at(a + 1, b), at(a, b + 1));
    }
  }
  const lines: Line[] = [];
  let [a, b] = [0, 0];
  while (a < from.length && b < to.length) {
    if (from[a] === to[b]) {
      lines.push({ sign: ' ', text: from[a] ?? '' });
      [a, b] = [a + 1, b + 1];
    } else if (at(a + 1, b) >= at(a, b + 1)) {
      lines.push(...removed.slice(a, a + 1));
      a += 1;
    } else {
      lines.push(...added.slice(b, b + 1));
      b += 1;
    }
  }
  return [...lines, ...removed.slice(a), ...added.slice(b)];
}

function hunksOf(lines: readonly Line[]): string[] {
  const isNear = lines.map((_, at) =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(({ sign }) => sign !== ' '),
  );
  const out: string[] = [];
  let [from, to] = [1, 1];
  for (let at = 0; at < lines.length; ) {
    const end = isNear.indexOf(!isNear[at], at);
    const run = lines.slice(at, end === -1 ? undefined : end);
    const [olds, news] = [count(run, '+'), count(run, '-')];
    if (isNear[at]) {
      out.push(`@@ -${rangeOf(from, olds)} +${rangeOf(to, news)} @@`);
      out.push(...run.map(({ sign, text }) => `${sign}${text}`));
    }
    [from, to, at] = [from + olds, to + news, at + run.length];
  }
  return out;
}

/** @returns how many lines there are without those of one side */
function count(lines: readonly Line[], without: Line['sign']): number {
  return lines.filter(({ sign }) => sign !== without).length;
}

function rangeOf(start: number, length: number): string {
  return `${length === 0 ? start - 1 : start},${length}`;
}
