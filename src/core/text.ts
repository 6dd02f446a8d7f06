const WIDTH = 80;

/**
 * Breaks lines between words; a word that is longer, such as an address, stays whole.
 *
 * @param text any text
 * @param columns where to break, default 80
 */
export function wrapped(text: string, columns = WIDTH): string {
  const line = (long: string) => {
    let width = 0;
    return long
      .split(' ')
      .map((word, at) => {
        const breaks = at > 0 && width + 1 + word.length > columns;
        width = breaks ? word.length : width + word.length + (at > 0 ? 1 : 0);
        return at === 0 ? word : `${breaks ? '\n' : ' '}${word}`;
      })
      .join('');
  };
  return text.split('\n').map(line).join('\n');
}
