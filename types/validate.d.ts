/** Something that is wrong with a blueprint, by the rule that says so. */
export interface Finding {
  /** Its id, as in docs/rules.md of the repository. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /** Below the blueprint's folder, with slashes. */
  readonly file: string;
  /** Id of the BPMN element. */
  readonly element?: string | undefined;
  /** From 1. */
  readonly line?: number | undefined;
  /** From 1. */
  readonly column?: number | undefined;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** What a validation found. */
export interface ValidationReport {
  /** By file and line. */
  readonly findings: readonly Finding[];
  readonly errors: number;
  readonly warnings: number;
  /** How many files were checked. */
  readonly files: number;
  /** What they were taken for, such as `config.json, 2 flows and 1 form`. */
  readonly recognised: string;
}

/** How a blueprint is validated. */
export interface ValidateOptions {
  /** How strict rules are, by their ids. */
  readonly rules?: Readonly<Record<string, 'off' | 'warn' | 'error'>> | undefined;
  /** Whether what the blueprint sets for itself counts: `.onifylint.json`, else its package.json, and comments; default true. */
  readonly packageRules?: boolean | undefined;
  /** Ends it between two files. */
  readonly signal?: AbortSignal | undefined;
}

/** Why there is no report: `code` is one of docs/troubleshooting.md in the repository, `hint` says what to do next. */
export interface ValidateError extends Error {
  readonly code: string;
  readonly hint: string;
}

/**
 * Checks an Onify blueprint without a Hub, by the rules of `fortnox-blueprint validate DIR`. Nothing is printed, nothing
 * outside the folder is read, and no baseline. It runs in this process, without `--max-seconds` and `--max-memory`: for a
 * blueprint that you trust; else run the program.
 *
 * @param dir the blueprint's folder; a relative one is taken from the current folder
 * @throws a {@link ValidateError} when the folder holds no blueprint, a rule is unknown, or `signal` aborts
 */
export function validate(dir: string, options?: ValidateOptions): Promise<ValidationReport>;
