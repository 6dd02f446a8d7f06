/** @returns a path without `.`, `..` and doubled slashes, as far as they can be resolved; a slash at its end stays */
export function normalized(path: string): string {
  const root = path.startsWith('/') ? '/' : '';
  const end = path.length > 1 && path.endsWith('/') ? '/' : '';
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') {
      continue;
    }
    const above = parts.at(-1);
    if (part !== '..') {
      parts.push(part);
    } else if (above !== undefined && above !== '..') {
      parts.pop();
    } else if (root === '') {
      parts.push(part);
    }
  }
  const joined = parts.join('/');
  return joined === '' ? root || `.${end}` : root + joined + end;
}
