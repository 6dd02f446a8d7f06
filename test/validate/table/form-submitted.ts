import { FORM, form, json, SHORT, VIEW, WORKFLOW, wholeForm } from './build.js';
import type { Input, Topic } from './rows.js';

const shows = (page: string, ...fields: readonly string[]): Input => ({
  ...form(...fields),
  'config.json': json({
    workflow: [WORKFLOW],
    form: [{ ...FORM, template: { form: '/forms/ask.pug', result: '/forms/told.pug' } }],
  }),
  'forms/told.pug': `extends ../views/form/default-confirmation-form\nblock formContent\n  ${page}\n`,
});
const FLOOR = "+formElement({ name: 'floor' })";
const OPEN = '+formElement(more)';

const options = (members: string, ...fields: readonly string[]): Input =>
  wholeForm(
    `${VIEW}append formConfig\n  +formOptions({ ${members} })\nblock formContent\n${fields.map((field) => `  ${field}\n`).join('')}`,
  );
const HIDDEN = 'hideSubmitButton: true';

/** Rules about forms that show what was submitted, and about branches of forms. */
export const formSubmitted: Topic = {
  'form-submitted': {
    finds: {
      'a field that is a letter off': shows('p= submit.flor', FLOOR),
      'a field that the form lacks': shows("p= 'Room ' + submit.room", FLOOR),
      'a letter off beside fields that are worked out': shows('p= submit.flor', FLOOR, OPEN),
    },
    nearMisses: {
      'a field of the form': shows('p= submit.floor', FLOOR),
      'a field that may be worked out': shows('p= submit.room', FLOOR, OPEN),
      'all fields': shows('p= Object.keys(submit).length', FLOOR),
      'a member of something of its own': shows(
        'each submit in [{ room: 1 }]\n    p= submit.room',
        FLOOR,
      ),
    },
  },
  'form-branch': {
    finds: {
      'a field beside its condition': form('if user.name', FLOOR),
      'a field beside its else': form('if user.name', '  p a', 'else', FLOOR),
    },
    nearMisses: {
      'a field below its condition': form('if user.name', `  ${FLOOR}`),
      'a field below its else': form('if user.name', '  p a', 'else', '', `  ${FLOOR}`),
      'a comment below it': form('if user.name', '  //- nothing', 'else', `  ${FLOOR}`),
      'the same word in a script': form('script.', '  if (a) b()', '  else', '  c()'),
      'a view alone': { ...form(FLOOR), 'forms/ask.pug': VIEW },
    },
  },
  'form-unsent': {
    finds: {
      'a form with fields and no button': options(HIDDEN, FLOOR),
      'a form whose fields come out of a loop': options(
        HIDDEN,
        "each one in ['a', 'b']",
        '  +formElement({ name: one })',
      ),
    },
    nearMisses: {
      'a form with its button': options("submitButtonName: 'Send'", FLOOR),
      'a switch that is off': options('hideSubmitButton: false', FLOOR),
      'a switch that is worked out': options('hideSubmitButton: !user.name', FLOOR),
      'a form with another button': options(
        HIDDEN,
        FLOOR,
        "+formElement({ type: 'runWorkflow', name: 'a', buttonLabel: 'Go', workflow: 'order' })",
      ),
      'a form with a button of its own': options(HIDDEN, FLOOR, 'button(type="submit") Send'),
      'a form that only shows': options(
        HIDDEN,
        "+formElement({ type: 'simpleText', helpText: 'Closed.' })",
      ),
      'a form that can only be read': options(
        HIDDEN,
        "+formElement({ name: 'floor', value: '1', readonly: true })",
      ),
      'a form of a type that may send': options(
        HIDDEN,
        FLOOR,
        "+formElement({ type: 'agentTaskSubmitResult', name: 'task' })",
      ),
      'a button that is hidden in a branch': wholeForm(
        `${VIEW}append formConfig\n  if user.name\n    +formOptions({ ${HIDDEN} })\nblock formContent\n  ${FLOOR}\n`,
      ),
      'a form that starts nothing': {
        'config.json': json({
          workflow: [WORKFLOW],
          form: [{ ...FORM, process: undefined }],
        }),
        'flows/order.bpmn': SHORT,
        'forms/ask.pug': options(HIDDEN, FLOOR)['forms/ask.pug'] ?? '',
      },
    },
  },
};
