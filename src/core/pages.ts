/** Where the pages of docs/ are, which the package does not bring; as package.json has it. */
const PAGES = 'https://github.com/onify/fortnox-blueprint/blob/main/docs';

/** @returns the address of a page of docs/, such as `rules.md` */
export function pageAt(name: string): string {
  return `${PAGES}/${name}`;
}
