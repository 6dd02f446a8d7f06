/** A link in a blueprint's folder, to a path that is counted from where it lies. */
export interface Link {
  readonly link: string;
}

/** The files of a blueprint, by their paths below its folder. */
export type Input = Readonly<Record<string, string | Buffer | Link>>;

/** Inputs by what is told of them. */
type Rows = Readonly<Record<string, Input>>;

/** A rule's inputs: those that it finds something in, and those that come near and are right. */
export interface RuleRows {
  readonly finds: Rows;
  readonly nearMisses: Rows;
}

/** The rows of some rules, by their ids: the only place where an id stands. */
export type Topic = Readonly<Record<string, RuleRows>>;
