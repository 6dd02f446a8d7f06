const WIDTH = 80;

/**
 * Breaks lines between words; a word that is longer, such as an address, stays whole.
 *
 * @param text any text
 * @param columns where to break, default 80
 * @param indent the column in which the text begins, default 0; each further line is moved there
 */
export function wrapped(text: string, columns = WIDTH, indent = 0): string {
  const lineBreak = `\n${' '.repeat(indent)}`;
  const line = (long: string) => {
    let width = indent;
    return long
      .split(' ')
      .map((word, at) => {
        const breaks = at > 0 && width + 1 + word.length > columns;
        width = breaks ? indent + word.length : width + word.length + (at > 0 ? 1 : 0);
        return at === 0 ? word : `${breaks ? lineBreak : ' '}${word}`;
      })
      .join('');
  };
  return text.split('\n').map(line).join(lineBreak);
}

/** @returns a number of things in words, such as "1 file" or "2 files" */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
