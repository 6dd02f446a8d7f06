// pug 3 ships no types; this is the part that is used here.
declare module 'pug' {
  /** What takes the place of pug's own look-up of files. */
  export interface PugFiles {
    /** @returns the file that `name` stands for in `source`, the file that extends or includes it */
    resolve(name: string, source: string): string;
    read(file: string): string;
  }

  export interface PugOptions {
    readonly filename: string;
    readonly plugins: readonly PugFiles[];
  }

  /** @throws Error when it is not valid Pug */
  export function compile(
    source: string,
    options: PugOptions,
  ): (locals: Record<string, unknown>) => string;
}
