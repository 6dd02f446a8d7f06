/** The Hub's own views that a form extends (onify/blueprint examples). */
export const VIEWS = {
  form: '/views/form/default-form',
  result: '/views/form/default-confirmation-form',
};

/** Blocks of these views. */
export const BLOCKS: readonly string[] = ['formConfig', 'formContent'];

/** Mixins of these views. */
export const MIXINS: readonly string[] = ['formOptions', 'formElement'];

/** Members of `+formOptions`. */
export const OPTIONS: readonly string[] = [
  ...[
    'submitButtonName',
    'hideBackButton',
    'backButtonName',
    'hideSubmitButton',
    'formDescription',
  ],
  ...['pageTitle', 'formTitle'],
];

/** Types of `+formElement`; without one it is a textField. */
export const TYPES: readonly string[] = [
  ...[
    'textField',
    'textarea',
    'number',
    'checkbox',
    'itemSelect',
    'simpleText',
    'link',
    'runWorkflow',
  ],
  ...['processState', 'processOutput'],
];

/** Members of `+formElement`, and what their value is where it is known. */
export const ATTRIBUTES: Readonly<
  Record<string, 'text' | 'switch' | 'number' | 'pattern' | 'object' | 'any'>
> = {
  type: 'text',
  name: 'text',
  label: 'text',
  value: 'any',
  helpText: 'text',
  required: 'switch',
  readonly: 'switch',
  pattern: 'pattern',
  visible: 'object',
  buttonLabel: 'text',
  workflow: 'text',
  timeout: 'number',
  input: 'object',
  format: 'text',
  loadingText: 'text',
};

/** Formats of a processOutput. */
export const FORMATS: readonly string[] = ['text', 'html', 'table'];

/** Types that show something and take nothing in. */
export const SHOWN: readonly string[] = ['simpleText', 'link', 'processState', 'processOutput'];
