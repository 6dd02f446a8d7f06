import type { Named, Position, Problem } from '../text.js';
import type { FormCode } from './code.js';
import { SHOWN } from './known.js';

/** A text that stands in a form, as a person or a browser gets it. */
export interface FormText extends Position {
  readonly value: string;
}

/** A member of the object that a mixin is called with. */
export interface Attribute extends Named {
  /** Its value where it is fixed; undefined where it is worked out when the form is shown. */
  readonly value: unknown;
  /** What it may be, where a loop gives it one fixed value after another. */
  readonly values?: readonly unknown[];
  /** Its JavaScript. */
  readonly source: string;
}

/** What a mixin is called with: an object or something that may be one, `type='x'` as of a tag, nothing, or another value. */
export type Argument = 'object' | 'attributes' | 'nothing' | 'other';

/** A call of a mixin: `+formElement({ … })`. */
export interface MixinCall extends Named {
  readonly attributes: readonly Attribute[];
  readonly argument: Argument;
  /** Whether other attributes may come from elsewhere: a variable, a spread. */
  readonly isOpen: boolean;
  /** The branches of conditions that it stands in, from the outside in; the innermost of very many. */
  readonly branches: readonly Branch[];
  /** The block that it stands in; undefined where it stands in none. */
  readonly block: string | undefined;
}

/** One of several ways that a form may look. */
export interface Branch {
  /** The condition, by a number of its own. */
  readonly of: number;
  readonly branch: number;
}

/** A block that a form fills: `append formConfig`. */
export interface FormBlock extends Named {
  readonly mode: 'append' | 'prepend' | 'replace';
}

/** What the rules need to know of a form. */
export interface Form {
  /** Below the blueprint's folder, with slashes. */
  readonly path: string;
  /** Where it is not Pug; then all else is empty. */
  readonly problem?: Problem;
  readonly view: Named | undefined;
  /** Files that it extends or includes, as it names them. */
  readonly parts: readonly Named[];
  readonly blocks: readonly FormBlock[];
  /** What stands outside of blocks in a form that extends a view. */
  readonly outside: readonly Position[];
  /** Mixins that it declares itself. */
  readonly mixins: readonly string[];
  readonly calls: readonly MixinCall[];
  /** Names of its fields. */
  readonly fields: readonly Named[];
  /** Whether it may have fields whose names are not fixed here. */
  readonly hasOpenFields: boolean;
  /** Keys of the workflows that its elements run. */
  readonly runs: readonly Named[];
  /** Whether it has a button, or a script, of its own. */
  readonly hasControls: boolean;
  /** Tags with a `target`. */
  readonly links: readonly (Position & { readonly target: string; readonly rel: string })[];
  /** Where something that is not fixed is shown as HTML. */
  readonly unescaped: readonly Position[];
  /** Branches of conditions with nothing in them. */
  readonly empty: readonly Position[];
  readonly texts: readonly FormText[];
  readonly code: FormCode;
}

/** @returns a member of the object that a mixin is called with, by its name */
export function attributeOf(
  { attributes }: Pick<MixinCall, 'attributes'>,
  name: string,
): Attribute | undefined {
  return attributes.find((attribute) => attribute.name === name);
}

/** @returns the calls that make the elements of a form */
export function elementsOf({ calls }: Pick<Form, 'calls'>): MixinCall[] {
  return calls.filter(({ name }) => name === 'formElement');
}

/** @returns whether an element only shows something, and so needs no name */
export function isShownOnly(element: Pick<MixinCall, 'attributes'>): boolean {
  const type = attributeOf(element, 'type')?.value;
  return typeof type === 'string' && SHOWN.includes(type);
}
