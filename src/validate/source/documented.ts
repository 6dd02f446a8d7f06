/** What a README says of settings. */
export interface Documented {
  /** Keys as they stand in its tables, without the underscore that the Hub puts in front. */
  readonly keys: readonly string[];
  readonly tags: readonly string[];
}

const MAX_CELL = 80;
const MAX_LINE = 200;
const MAX_COLUMNS = 12;

/** @returns a list that nothing was read into yet */
export function noneDocumented(): { keys: string[]; tags: string[] } {
  return { keys: [], tags: [] };
}

/**
 * Reads what a README says of settings: its tables whose first column is headed with "key" or "setting", and its lists
 * below a line that speaks of settings.
 *
 * @param documented what is found is added there
 * @param text Markdown
 */
export function addDocumented(
  { keys, tags }: { keys: string[]; tags: string[] },
  text: string,
): void {
  let isOfSettings: boolean | undefined;
  let tagColumn = -1;
  let isBelowSettings = false;
  for (const line of text.split('\n')) {
    const cell = /^\s*\|([^|\n]*)\|/.exec(line)?.[1]?.trim();
    if (cell === undefined) {
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
    const cells = line.split('|', MAX_COLUMNS).map((one) => one.trim());
    if (isOfSettings === undefined) {
      isOfSettings = /\b(key|settings?)\b/i.test(cell.slice(0, MAX_CELL));
      tagColumn = isOfSettings ? cells.findIndex((one) => /^tags?$/i.test(one)) : -1;
    }
    const tag = /^[`"]?([a-z][\w-]*)[`"]?$/i.exec(cells[tagColumn] ?? '')?.[1];
    if (tag !== undefined && !/^tags?$/i.test(tag)) {
      tags.push(tag);
    }
    const key = /^[`*]*_?([A-Za-z]\w*_\w+)[`*]*$/.exec(cell.slice(0, MAX_CELL))?.[1];
    if (isOfSettings && key !== undefined) {
      keys.push(key);
    }
  }
  for (const [, tag = ''] of text.matchAll(/\btags?\b[^\n`]{0,20}`([\w-]+)`/gi)) {
    tags.push(tag);
  }
}
