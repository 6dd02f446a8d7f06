/** A place in a text. Both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A name and where it stands. */
export interface Named extends Position {
  readonly name: string;
}

/** A text file of the blueprint. */
export interface TextFile {
  /** Below the blueprint's folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** How bad a finding is: an error stops a release. */
export type Severity = 'error' | 'warning';

/** Where something stands in a blueprint, as far as that is known. */
export interface Place {
  /** Below the blueprint's folder, with slashes; undefined for the file that is being checked. */
  readonly file?: string | undefined;
  /** Id of the BPMN element. */
  readonly element?: string | undefined;
  /** From 1. */
  readonly line?: number | undefined;
  /** From 1. */
  readonly column?: number | undefined;
}

/** A message at a place: what readers stumble over and rules find. */
export interface Problem extends Place {
  /** What is wrong and what to do. */
  readonly message: string;
  /** Where a case is worse or milder than its rule. */
  readonly severity?: Severity | undefined;
  /** Ids of the other elements that it is about, where one message speaks of several. */
  readonly others?: readonly string[] | undefined;
}

/** @returns a message at the place of whatever it is about */
export function problem(
  { file, element, line, column }: Place,
  message: string,
  severity?: Severity,
): Problem {
  return { file, element, line, column, message, severity };
}

/** Finds lines and columns in a text. */
export class Lines {
  readonly #starts = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  /** @returns the place of a character by its offset; one behind the text is at its end */
  at(offset: number): Position {
    const inside = Math.min(Math.max(offset, 0), this.#length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= inside) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low + 1, column: inside - (this.#starts[low] ?? 0) + 1 };
  }
}

/** @returns a place that is counted from another one, in the text that both stand in */
export function within(outer: Position, inner: Position): Position {
  return inner.line === 1
    ? { line: outer.line, column: outer.column + inner.column - 1 }
    : { line: outer.line + inner.line - 1, column: inner.column };
}

/** @returns the words of a text, which spaces and line breaks part */
export function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** @returns a sentence out of what a library says: it begins with a capital, ends with a full stop, and is not too long */
export function sentence(message: string): string {
  const text = message.replace(/\s+/g, ' ').replace(/[.:;]?$/, '.');
  return text.charAt(0).toUpperCase() + text.slice(1, 300);
}

/** @returns whether a text holds an address that is neither encrypted nor nearby, nor a mere name */
export function isPlainHttp(text: string): boolean {
  const [, host = ''] = /\bhttp:\/\/(\[[\d:a-f]*\]|[\w.-]+)/i.exec(text) ?? [];
  // A name without a dot is a neighbour in a container's network; XML calls its namespaces by addresses that nobody asks.
  const isNear =
    !host.includes('.') ||
    /^(127|10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\.[\d.]+$/.test(host);
  const isName =
    /^([\w.]*w3\.org|[\w.]*omg\.org|camunda\.org|tempuri\.org|[\w.]*xmlsoap\.org|schemas?\.)/i.test(
      host,
    );
  return host !== '' && !isNear && !isName;
}

/** What is said of an address for which {@link isPlainHttp} holds. */
export const PLAIN_HTTP = 'This address is plain http. Use https.';
