import { moddleProblems } from '../flow/moddle.js';
import type { Form } from '../form/facts.js';
import { readForm } from '../form/read.js';
import type { ScriptFacts } from '../script/facts.js';
import { readModule, readScript } from '../script/read.js';
import type { Problem, TextFile } from '../text.js';

/** What a file is read as, and what comes of it: plain data, as it may cross to another thread. */
export interface Readings {
  readonly bpmn: readonly Problem[];
  readonly script: ScriptFacts;
  /** A script that runs elsewhere: whether it is JavaScript, and nothing else. */
  readonly module: ScriptFacts;
  readonly form: Form;
}

type Reader<Kind extends keyof Readings> = (
  file: TextFile,
) => Readings[Kind] | Promise<Readings[Kind]>;

/** The readers, by what they read. */
export const readers: { readonly [Kind in keyof Readings]: Reader<Kind> } = {
  bpmn: ({ text }) => moddleProblems(text),
  script: ({ text }) => readScript(text),
  module: ({ text }) => readModule(text),
  form: ({ path, text }) => readForm(path, text),
};
