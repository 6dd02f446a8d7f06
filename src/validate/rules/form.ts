import { posix } from 'node:path';
import { didYouMean } from '../../core/suggest.js';
import type { Found, Rule } from '../finding.js';
import type { Form } from '../form/facts.js';
import { BLOCKS, MIXINS, VIEWS } from '../form/known.js';
import type { Blueprint, Position } from '../model.js';
import { formElementRules } from './form-element.js';
import { formFieldRules } from './form-field.js';
import { formTextRules } from './form-text.js';

/** Rules about what a form is made of. */
const formShapeRules: readonly Rule[] = [
  {
    id: 'pug-syntax',
    severity: 'error',
    why: 'A form with a syntax error does not open.',
    form: ({ problem }) => (problem ? [problem] : []),
  },
  {
    id: 'form-view',
    severity: 'error',
    why: "A form that does not extend one of the Hub's views has neither a frame nor the mixins for its fields.",
    form: (form, { config, locate }) => {
      if (form.problem) {
        return [];
      }
      const isTemplate = config?.references.some(({ path }) => locate(path) === form.path) === true;
      if (!form.view) {
        if (!isTemplate) {
          return [];
        }
        return [
          {
            line: 1,
            column: 1,
            message: `It extends no view. Begin it with "extends ../views/form/default-form".`,
          },
        ];
      }
      const view = hubPathOf(form, form.view.name);
      if (Object.values(VIEWS).includes(view) || isFile(form, form.view.name, locate)) {
        return [];
      }
      const near = didYouMean(view, Object.values(VIEWS));
      // The Hub may have views that are not public.
      const severity =
        near === '' && view.startsWith('/views/') ? ('warning' as const) : ('error' as const);
      return [
        { ...place(form.view), message: `The Hub has no known view ${view}.${near}`, severity },
      ];
    },
  },
  {
    id: 'form-result',
    severity: 'warning',
    why: 'The page after a submit shows what the flow did; the view of a form would ask for fields again.',
    form: (form, { config, locate }) => {
      const entry = config?.forms.find(({ templates }) =>
        templates.some((path) => locate(path) === form.path),
      );
      if (!entry || !form.view) {
        return [];
      }
      const isResult = locate(entry.templates[1] ?? '') === form.path;
      const isOther = hubPathOf(form, form.view.name) === (isResult ? VIEWS.form : VIEWS.result);
      if (!isOther) {
        return [];
      }
      const message = `This is the ${isResult ? 'result' : 'form'} of ${entry.slug}, but it extends the view for the other one.`;
      return [{ ...place(form.view), message }];
    },
  },
  {
    id: 'form-include',
    severity: 'error',
    why: 'A form that includes a file which is not there does not open.',
    form: (form, { locate }) =>
      form.parts.flatMap((part): Found[] => {
        const isHubs = hubPathOf(form, part.name).startsWith('/views/');
        if (part.name === form.view?.name || isHubs || isFile(form, part.name, locate)) {
          return [];
        }
        return [{ ...place(part), message: `There is no file ${part.name} beside this form.` }];
      }),
  },
  {
    id: 'form-outside',
    severity: 'error',
    why: 'A form that extends a view and holds anything but blocks and mixins does not open.',
    form: ({ outside }) =>
      outside.map((at) => ({
        ...at,
        message: 'This stands in no block. Move it below "block formContent".',
      })),
  },
  {
    id: 'form-block',
    severity: 'error',
    why: 'A form that fills a block which its view does not have does not open.',
    form: (form) => {
      if (!isOfHub(form)) {
        return [];
      }
      return form.blocks.flatMap(({ name, mode, ...at }): Found[] => {
        if (BLOCKS.includes(name)) {
          if (name !== 'formConfig' || mode === 'append') {
            return [];
          }
          const message = 'Append to formConfig: in its place the view loses its own settings.';
          return [{ ...place(at), message, severity: 'warning' }];
        }
        const near = didYouMean(name, BLOCKS);
        // The view may have blocks that are not public.
        const severity = near === '' ? ('warning' as const) : ('error' as const);
        return [{ ...place(at), message: `The view has no known block ${name}.${near}`, severity }];
      });
    },
  },
  {
    id: 'form-mixin',
    severity: 'error',
    why: 'A form that calls a mixin which nobody declares does not open.',
    form: (form) => {
      const known = [...MIXINS, ...form.mixins];
      const mayComeFromElsewhere =
        form.parts.some(({ name }) => name !== form.view?.name) || !isOfHub(form);
      return form.calls.flatMap(({ name, ...at }): Found[] => {
        if (known.includes(name)) {
          return [];
        }
        const near = didYouMean(name, known);
        if (near === '' && mayComeFromElsewhere) {
          return [];
        }
        // The view may have mixins that are not public.
        const severity = near === '' ? ('warning' as const) : ('error' as const);
        return [{ ...place(at), message: `Nobody declares the mixin ${name}.${near}`, severity }];
      });
    },
  },
];

/** Rules about forms. */
export const formRules: readonly Rule[] = [
  ...formShapeRules,
  ...formElementRules,
  ...formFieldRules,
  ...formTextRules,
];

/** Where a path in a form leads on the Hub; resources/ is copied to its root. */
function hubPathOf({ path }: Form, name: string): string {
  const folder = posix.dirname(path.replace(/^resources\//, ''));
  const target = name.startsWith('/') ? name : posix.join('/', folder, name);
  return target.replace(/\.pug$/, '');
}

function isFile(form: Form, name: string, locate: Blueprint['locate']): boolean {
  const target = hubPathOf(form, name);
  return ['', '.pug', '.html', '.js', '.css', '.md'].some(
    (kind) => locate(target + kind) !== undefined,
  );
}

function isOfHub(form: Form): boolean {
  return form.view !== undefined && Object.values(VIEWS).includes(hubPathOf(form, form.view.name));
}

function place({ line, column }: Position): Position {
  return { line, column };
}
