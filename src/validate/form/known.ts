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

/** Members of `+formOptions` that are switches; the others are texts. */
export const SWITCHES: readonly string[] = words('hideBackButton hideSubmitButton');

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

/** Members that only elements of one type have, by that type. */
export const OF_TYPE: Readonly<Record<string, readonly string[]>> = {
  runWorkflow: words('buttonLabel workflow timeout input'),
  processOutput: words('format loadingText'),
  number: words('min max step'),
};

/** What people write from other forms, with the member of `+formElement` that it is here. */
export const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ...words('id fieldName').map((name) => [name, 'name'] as const),
  ...words('title caption labelText').map((name) => [name, 'label'] as const),
  ...words('default defaultValue initialValue').map((name) => [name, 'value'] as const),
  ...words('help hint tooltip description').map((name) => [name, 'helpText'] as const),
  ...words('mandatory isRequired').map((name) => [name, 'required'] as const),
  ...words('disabled locked').map((name) => [name, 'readonly'] as const),
  ...words('regex regexp regExp').map((name) => [name, 'pattern'] as const),
  ...words('showIf visibleIf hidden').map((name) => [name, 'visible'] as const),
  ...words('minimum minValue').map((name) => [name, 'min'] as const),
  ...words('maximum maxValue').map((name) => [name, 'max'] as const),
  ...words('buttonText buttonName buttonTitle').map((name) => [name, 'buttonLabel'] as const),
  ...words('workflowKey flow').map((name) => [name, 'workflow'] as const),
  ...words('inputs params parameters payload').map((name) => [name, 'input'] as const),
  ...words('loading loadingMessage').map((name) => [name, 'loadingText'] as const),
]);

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
