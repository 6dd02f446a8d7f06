/** How bad a finding is: an error stops a release. */
export type Severity = 'error' | 'warning';

/** Something that is wrong with a blueprint. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Below the blueprint's folder, with slashes. */
  readonly file: string;
  /** Id of the BPMN element. */
  readonly element?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1. */
  readonly column?: number;
  readonly message: string;
}

/** A finding before its rule and severity are added. */
export type Found = Omit<Finding, 'rule' | 'severity'>;

/** A rule as data: what it is called, why it is there, and the check. */
export interface Rule {
  readonly id: string;
  readonly severity: Severity;
  /** One sentence. */
  readonly why: string;
  readonly check: (blueprint: Source) => Found[] | Promise<Found[]>;
}

/** A file of a blueprint, by its path below the folder. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A BPMN file as it was read. */
export interface SourceFlow extends SourceFile {
  /** Where the XML could not be read at all. */
  readonly error?: string;
  readonly warnings: readonly { readonly message: string; readonly element?: string }[];
  readonly processes: readonly { readonly id: string; readonly isExecutable: boolean }[];
  readonly scripts: readonly {
    readonly element: string;
    readonly format: string;
    readonly body?: string;
    readonly resource?: string;
  }[];
}

/** A blueprint as the rules see it. */
export interface Source {
  readonly files: readonly SourceFile[];
  readonly flows: readonly SourceFlow[];
  /** The text of config.json; undefined where there is none. */
  readonly config: string | undefined;
  /** Where a Hub path lies below the folder; undefined where nothing does. */
  readonly locate: (hubPath: string) => string | undefined;
}
