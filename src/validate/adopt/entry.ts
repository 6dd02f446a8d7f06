/** A finding that was there when a baseline was written. */
export interface BaselineEntry {
  readonly file: string;
  readonly rule: string;
  /** Id of the BPMN element, where the finding has one. */
  readonly element?: string;
  /** Of the line that it stands in, where it has no element: a hash of it, whatever its spaces. */
  readonly source?: string;
  /** What was said of it. It tells a reader what is meant, and which one of several alike. */
  readonly message: string;
}
