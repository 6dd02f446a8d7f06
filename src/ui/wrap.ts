const WIDTH = 80;

/** @returns the text with its lines broken between words at 80 columns; a longer word, such as an address, stays whole */
export function wrapped(text: string): string {
  const line = (long: string) => {
    let width = 0;
    return long
      .split(' ')
      .map((word, at) => {
        const breaks = at > 0 && width + 1 + word.length > WIDTH;
        width = breaks ? word.length : width + word.length + (at > 0 ? 1 : 0);
        return at === 0 ? word : `${breaks ? '\n' : ' '}${word}`;
      })
      .join('');
  };
  return text.split('\n').map(line).join('\n');
}
