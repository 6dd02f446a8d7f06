import { FORM, form, json, VIEW, WORKFLOW } from './build.js';
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
};
