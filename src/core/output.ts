import { jsonWithoutMarks, onOneLine, withoutMarks, withoutOtherMarks } from './marks.js';
import { printable, Redactor } from './redact.js';
import { wrapped } from './text.js';

/** A stream that text goes to. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** How the output looks. */
export interface OutputOptions {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** One JSON document on stdout, everything else on stderr. */
  readonly json: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  /** Where lines are broken, default 80. */
  readonly columns?: number;
}

const DIM = ['\u001b[2m', '\u001b[22m'] as const;
const YELLOW = ['\u001b[33m', '\u001b[39m'] as const;
const RED = ['\u001b[31m', '\u001b[39m'] as const;

/**
 * Everything that the program says: results on stdout, the rest on stderr. In all of it registered secrets are
 * masked, control characters dropped, line breaks collapsed, and what a CI system would take for a command is broken.
 */
export class Output {
  readonly #options: OutputOptions;
  readonly #redactor = new Redactor();
  #hasProgress = false;
  readonly #fields: Record<string, string> = {};
  readonly warnings: string[] = [];

  constructor(options: OutputOptions) {
    this.#options = options;
  }

  get isJson(): boolean {
    return this.#options.json;
  }

  get isVerbose(): boolean {
    return this.#options.verbose;
  }

  /** Whether a person reads along. */
  get isTerminal(): boolean {
    return this.#options.stderr.isTTY === true;
  }

  /** Where a person can be asked something, besides what `--json` prints. */
  get stderr(): TextStream {
    return this.#options.stderr;
  }

  /** Registers a value that must never be printed; do so as soon as it is known. */
  secret(value: string): void {
    this.#redactor.add(value);
  }

  /** @returns the text as it may be shown: secrets masked, control characters dropped */
  safe(text: string): string {
    return this.#redactor.mask(printable(text));
  }

  /** Says what is being done: one line that is overwritten on a terminal, plain lines elsewhere. */
  progress(text: string): void {
    const { stderr } = this.#options;
    if (!this.isTerminal) {
      stderr.write(`${this.#wrapped(text)}\n`);
      return;
    }
    this.#hasProgress = true;
    const width = Math.max(20, stderr.columns || 80) - 1;
    stderr.write(`\r\u001b[K${this.#paint(DIM, this.#line(text).slice(0, width))}`);
  }

  /** Says something that stays, on stderr: one line, or one that is broken where it is too long. */
  note(text: string): void {
    this.clear();
    this.#options.stderr.write(`${this.#wrapped(text)}\n`);
  }

  /** Warns; the warning is part of the JSON document too. */
  warn(text: string): void {
    this.warnings.push(this.safe(text));
    this.clear();
    this.#options.stderr.write(`${this.#labelled(YELLOW, 'Warning:', text)}\n`);
  }

  /** Adds a field to the JSON document, however the program ends. */
  field(name: string, value: string): void {
    this.#fields[name] = value;
  }

  /** Says what only `--verbose` shows. */
  detail(text: string): void {
    if (!this.isVerbose) {
      return;
    }
    this.clear();
    // Masked first: a secret may hold a line break.
    const lines = this.safe(text)
      .split('\n')
      .map((line) => this.#line(line));
    this.#options.stderr.write(`${this.#paint(DIM, lines.join('\n'))}\n`);
  }

  /**
   * Prints the result: the lines for a person, or the document for a program.
   *
   * @param isVerbatim the lines are for a program too, and stay as they are
   */
  result(
    lines: readonly string[],
    document: Readonly<Record<string, unknown>>,
    isVerbatim = false,
  ): void {
    this.clear();
    const shown = (line: string) => (isVerbatim ? this.#verbatim(line) : this.#wrapped(line));
    const text = this.isJson
      ? this.#json(document)
      : lines.map((line) => `${shown(line)}\n`).join('');
    this.#options.stdout.write(text);
  }

  /** Prints a document in the format of another program, as it is but for secrets and what a CI system would obey. */
  foreign(document: object): void {
    this.clear();
    this.#options.stdout.write(this.#jsonText(document));
  }

  /** Prints a failure: the sentence and the next step, or the document on stdout. */
  failure(message: string, hint: string, document: Readonly<Record<string, unknown>>): void {
    this.clear();
    if (this.isJson) {
      this.#options.stdout.write(this.#json(document));
    }
    this.#options.stderr.write(
      `${this.#labelled(RED, 'Error:', message)}\n${this.#wrapped(hint)}\n`,
    );
  }

  // Each text by itself: masking the whole document could take a bracket or a number for a part of a secret.
  #json(document: Readonly<Record<string, unknown>>): string {
    return this.#jsonText({ ...document, ...this.#fields });
  }

  #jsonText(document: object): string {
    const safe = (_key: string, value: unknown) =>
      typeof value === 'string' ? this.safe(value) : value;
    return `${jsonWithoutMarks(JSON.stringify(document, safe))}
`;
  }

  #wrapped(text: string): string {
    return wrapped(this.#line(text), this.#options.columns);
  }

  #line(text: string): string {
    return withoutMarks(onOneLine(this.safe(text)));
  }

  // It may begin with a command of this program's own.
  #verbatim(line: string): string {
    return withoutOtherMarks(onOneLine(this.safe(line)));
  }

  #labelled(color: readonly [string, string], label: string, text: string): string {
    const lines = this.#wrapped(`${label} ${text}`);
    return this.#paint(color, label) + lines.slice(label.length);
  }

  /** Takes a progress line off the terminal. */
  clear(): void {
    if (!this.#hasProgress) {
      return;
    }
    this.#hasProgress = false;
    this.#options.stderr.write('\r\u001b[K');
  }

  #paint([on, off]: readonly [string, string], text: string): string {
    return this.#options.color ? `${on}${text}${off}` : text;
  }
}
