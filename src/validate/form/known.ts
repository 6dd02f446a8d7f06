import { words } from '../text.js';

/** The Hub's own views that a form extends (onify/blueprint examples). */
export const VIEWS = {
  form: '/views/form/default-form',
  result: '/views/form/default-confirmation-form',
};

/** Blocks of these views. */
export const BLOCKS: readonly string[] = ['formConfig', 'formContent'];

/** Mixins of these views. */
export const MIXINS: readonly string[] = words(
  'formOptions formElement formGroup formElementsTable',
);

/** What a Hub gives to a form (onify/blueprint examples). */
export const LOCALS: readonly string[] = words('user form submit helper t');

/** Members of `+formOptions`. */
export const OPTIONS: readonly string[] = words(`
  submitButtonName hideBackButton backButtonName hideSubmitButton formDescription pageTitle formTitle`);

/** Types of `+formElement`; without one it is a textField. */
export const TYPES: readonly string[] = words(`
  textField textarea number checkbox itemSelect simpleText link runWorkflow processState processOutput
  item agentTaskLog agentTaskSubmitResult`);

/** Types that show something and take nothing in. */
export const SHOWN: readonly string[] = words(
  'simpleText link processState processOutput agentTaskLog',
);

/** Formats of a processOutput. */
export const FORMATS: readonly string[] = words('text html table');

/** Names in curly brackets that the page itself fills in. */
export const FILLED_IN: readonly string[] = words('searchstring');

type Kind = 'text' | 'switch' | 'condition' | 'number' | 'pattern' | 'object' | 'any';

const NAMES: Readonly<Record<Kind, string>> = {
  text: 'type name label helpText buttonLabel workflow format loadingText url target class',
  switch: 'readonly button',
  condition: 'required',
  number: 'timeout min max step',
  pattern: 'pattern',
  object: 'visible input',
  any: 'value query itemType items options',
};

/** Members of `+formElement`, and what their value is where it is known. */
export const ATTRIBUTES: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([kind, names]) => words(names).map((name) => [name, kind])),
);
