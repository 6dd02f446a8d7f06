/** @returns what was printed with every run of white space as one space, as lines break where a path is long */
export function said(printed: string): string {
  return printed.replace(/\s+/g, ' ');
}
