/** The widest that a line is made, however wide the terminal is. */
const MAX_COLUMNS = 80;

const MIN_COLUMNS = 20;

/** The fewest columns beside a label in which its value is still set. */
const MIN_VALUE_COLUMNS = 24;

/**
 * Decides how wide lines may be.
 *
 * @param terminal the columns of the terminal, where there is one
 * @param variable the value of COLUMNS, which stands in for a terminal
 * @returns columns, 20 to 80
 */
export function lineWidth(terminal: number | undefined, variable: string | undefined): number {
  const columns = terminal || Number(variable) || MAX_COLUMNS;
  return Math.min(MAX_COLUMNS, Math.max(MIN_COLUMNS, Math.floor(columns)));
}

/**
 * Breaks lines between words; a word that is longer, such as an address, stays whole.
 *
 * @param text any text
 * @param columns where to break, default 80
 * @param indent of the lines that follow a break; by default they begin below the text of the line, or below the
 *   value of a label such as `Scopes:    customer`
 */
export function wrapped(text: string, columns = MAX_COLUMNS, indent?: number): string {
  return text
    .split('\n')
    .map((line) => wrappedLine(line, columns, indent ?? indentOf(line, columns)))
    .join('\n');
}

function wrappedLine(text: string, columns: number, indent: number): string {
  const lines = [''];
  for (const [, gap = '', word = ''] of text.matchAll(/( *)([^ ]+)/g)) {
    const line = lines.at(-1) ?? '';
    if (line.trim() !== '' && line.length + gap.length + word.length > columns) {
      lines.push(' '.repeat(indent) + word);
    } else {
      lines[lines.length - 1] = line + gap + word;
    }
  }
  return lines.join('\n');
}

function indentOf(line: string, columns: number): number {
  const label = /^\S[^:]*: {2,}/.exec(line)?.[0].length;
  if (label !== undefined) {
    return columns - label < MIN_VALUE_COLUMNS ? 2 : label;
  }
  return /^ *(?:[-+~?] )?/.exec(line)?.[0].length ?? 0;
}

/** @returns a number of things in words, such as "1 file" or "2 files" */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
