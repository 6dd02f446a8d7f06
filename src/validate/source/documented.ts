/** What a README says of settings. */
export interface Documented {
  /** Keys as they stand in its tables, without the underscore that the Hub puts in front. */
  readonly keys: readonly string[];
  readonly tags: readonly string[];
  /** The rows of its tables. */
  readonly settings: readonly DocumentedSetting[];
}

/** A row of a README's table of settings. */
interface DocumentedSetting {
  readonly key: string;
  /** Empty where its table has no such column, as are the tags. */
  readonly type: string;
  readonly tags: readonly string[];
  readonly file: string;
  readonly line: number;
}

const MAX_CELL = 80;
const MAX_LINE = 200;
const MAX_COLUMNS = 12;
/** The line below the heads of a table, which need not begin and end with a stroke. */
const RULER = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** @returns a list that nothing was read into yet */
export function noneDocumented(): {
  keys: string[];
  tags: string[];
  settings: DocumentedSetting[];
} {
  return { keys: [], tags: [], settings: [] };
}

/**
 * Reads what a README says of settings: its tables whose first column is headed with "key" or "setting", and its lists
 * below a line that speaks of settings.
 *
 * @param documented what is found is added there
 * @param text Markdown
 * @param file its path
 */
export function addDocumented(
  { keys, tags, settings }: ReturnType<typeof noneDocumented>,
  text: string,
  file: string,
): void {
  let isOfSettings: boolean | undefined;
  let columns = { tag: -1, type: -1 };
  let isBelowSettings = false;
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const cells = cellsOf(line, lines[index + 1], isOfSettings !== undefined);
    const [cell] = cells ?? [];
    if (!cells || cell === undefined) {
      isOfSettings = undefined;
      const item = /^\s*[*+-]\s+(.*)$/.exec(line.slice(0, MAX_LINE))?.[1];
      const listed = /^[`*]+_?([A-Za-z]\w*_\w+)[`*]+(?!\S)/.exec(item ?? '')?.[1];
      if (isBelowSettings && listed !== undefined) {
        keys.push(listed);
      } else if (item === undefined && line.trim() !== '') {
        isBelowSettings = /\bsettings?\b/i.test(line.slice(0, MAX_LINE));
      }
      continue;
    }
    const column = (pattern: RegExp) => cells.findIndex((one) => pattern.test(one));
    if (isOfSettings === undefined) {
      isOfSettings = /\b(key|settings?)\b/i.test(cell.slice(0, MAX_CELL));
      columns = isOfSettings
        ? { tag: column(/^tags?$/i), type: column(/^type$/i) }
        : { tag: -1, type: -1 };
      continue;
    }
    const own = wordsOf(cells[columns.tag] ?? '');
    tags.push(...own);
    const key = /^[`*]*_?([A-Za-z]\w*_\w+)[`*]*$/.exec(cell.slice(0, MAX_CELL))?.[1];
    if (isOfSettings && key !== undefined) {
      const [type = ''] = wordsOf(cells[columns.type] ?? '');
      keys.push(key);
      settings.push({ key, type, tags: own, file, line: index + 1 });
    }
  }
  for (const [, tag = ''] of text.matchAll(/\btags?\b[^\n`]{0,20}`([\w-]+)`/gi)) {
    tags.push(tag);
  }
}

/** The cells of a line of a table; undefined where it is none. */
function cellsOf(line: string, next: string | undefined, isInTable: boolean): string[] | undefined {
  const begins = /^\s*\|[^|\n]*\|/.test(line);
  const isHead = next?.includes('|') === true && RULER.test(next.slice(0, MAX_LINE));
  if (!begins && !(line.includes('|') && (isInTable || isHead))) {
    return undefined;
  }
  const cells = line.replace(/^\s*\|/, '').split('|', MAX_COLUMNS);
  return cells.map((one) => one.trim());
}

/** The names in a cell, where it holds nothing else. */
function wordsOf(cell: string): string[] {
  const names = cell
    .slice(0, MAX_CELL)
    .trim()
    .split(/\s*[,;]\s*/);
  const plain = names.map((name) => /^[`"']?([a-z][\w-]*)[`"']?$/i.exec(name)?.[1]);
  return plain.every((name) => name !== undefined) ? plain : [];
}
