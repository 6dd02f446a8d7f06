/** One change of one file that breaks the blueprint, or should. */
export interface Mutation {
  /** What is done, such as `drop element`. */
  readonly kind: string;
  readonly file: string;
  /** What it is done to, for a person. */
  readonly target: string;
  /** The new text; null takes the file away. */
  readonly text: string | Buffer | null;
  /** The new name, where the file is renamed. */
  readonly path?: string;
}

/** @returns a text with a part of it in other words */
export function spliced(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** @returns for every match of a pattern a mutation that puts something else in its place */
export function* replacing(
  kind: string,
  file: string,
  text: string,
  pattern: RegExp,
  replacement: (match: RegExpExecArray) => string,
): Generator<Mutation> {
  for (const match of text.matchAll(pattern)) {
    const line = text.slice(0, match.index).split('\n').length;
    yield {
      kind,
      file,
      target: `line ${line}: ${match[0].slice(0, 60).replace(/\s+/g, ' ')}`,
      text: spliced(text, match.index, match.index + match[0].length, replacement(match)),
    };
  }
}
