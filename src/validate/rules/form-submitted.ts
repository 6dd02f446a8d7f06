import type { Form } from '../form/facts.js';
import { isLetterOff, isNumbered } from '../letter-off.js';
import { nearHint } from '../near.js';
import { type Found, rulesOf } from '../rule.js';
import { problem } from '../text.js';

// Shorter names are near to too many others.
const MIN_LENGTH = 4;
// Comparing each name with each of more of them would take time that grows with its square.
const MAX_NAMES = 100;

/** Rules about forms that show what was submitted, and about what they show of it. */
export const formSubmittedRules = rulesOf({
  'form-submitted': {
    error: 'A result page that shows a field which its form does not have shows nothing.',
    blueprint: ({ config, forms, locate }) => {
      const byPath = new Map(forms.map((form) => [form.path, form] as const));
      const pages = new Map<Form, (Form | undefined)[]>();
      for (const { templates } of config?.forms ?? []) {
        const [form, result] = templates.map((path) => byPath.get(locate(path) ?? ''));
        if (templates.length === 2 && result) {
          pages.set(result, [...(pages.get(result) ?? []), form]);
        }
      }
      return [...pages].flatMap(([page, all]) => {
        const known = all.flatMap((form) => form ?? []);
        const isOpen = all.some((form) => !form || form.problem || form.hasOpenFields);
        const names = [...new Set(known.flatMap(({ fields }) => fields.map(({ name }) => name)))];
        const isKnown = new Set(names);
        return page.code.submitted.map((use): Found => {
          if (isKnown.has(use.name) || names.length > MAX_NAMES) {
            return false;
          }
          // A field under a name that is worked out may be meant, or this one is a letter off.
          const isSlip =
            use.name.length >= MIN_LENGTH &&
            names.some((one) => isLetterOff(one, use.name) && !isNumbered(one, use.name));
          const message = `The form ${known.map(({ path }) => path).join(', ')} has no field ${use.name}.${nearHint(use.name, names)}`;
          const { name: _name, ...place } = use;
          return (
            (!isOpen || isSlip) &&
            problem({ file: page.path, ...place }, message, isOpen ? 'warning' : undefined)
          );
        });
      });
    },
  },
  'form-branch': {
    warning:
      'A condition with nothing below it shows nothing; what was meant for it stands beside it.',
    form: ({ empty }) =>
      empty.map((at) => problem(at, 'Nothing stands below this. Indent what belongs to it.')),
  },
});
