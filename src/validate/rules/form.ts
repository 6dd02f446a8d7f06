import { posix } from 'node:path';
import { didYouMean } from '../did-you-mean.js';
import type { Found, Rule } from '../finding.js';
import type { Form, MixinCall } from '../form/facts.js';
import { ATTRIBUTES, BLOCKS, FORMATS, MIXINS, OPTIONS, TYPES, VIEWS } from '../form/known.js';
import type { Blueprint, Position } from '../model.js';
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
      if (form.problem) return [];
      const isTemplate = config?.references.some(({ path }) => locate(path) === form.path) === true;
      if (!form.view) {
        if (!isTemplate) return [];
        return [
          {
            line: 1,
            column: 1,
            message: `It extends no view. Begin it with "extends ../views/form/default-form".`,
          },
        ];
      }
      const view = hubPathOf(form, form.view.name);
      if (Object.values(VIEWS).includes(view) || isFile(form, form.view.name, locate)) return [];
      const near = didYouMean(view, Object.values(VIEWS));
      // The Hub may have views that are not public.
      const severity = near === '' && view.startsWith('/views/') ? ('warning' as const) : ('error' as const);
      return [{ ...place(form.view), message: `The Hub has no known view ${view}.${near}`, severity }];
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
      if (!entry || !form.view) return [];
      const isResult = locate(entry.templates[1] ?? '') === form.path;
      const isOther = hubPathOf(form, form.view.name) === (isResult ? VIEWS.form : VIEWS.result);
      if (!isOther) return [];
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
        if (part.name === form.view?.name || isHubs || isFile(form, part.name, locate)) return [];
        return [{ ...place(part), message: `There is no file ${part.name} beside this form.` }];
      }),
  },
  {
    id: 'form-block',
    severity: 'warning',
    why: 'What stands outside of the blocks that the view shows is left out.',
    form: (form) => {
      const isHubs = form.view && Object.values(VIEWS).includes(hubPathOf(form, form.view.name));
      if (!isHubs) return [];
      return [
        ...form.outside.map((at) => ({
          ...at,
          message: 'This stands in no block, so it is not shown. Move it below "block formContent".',
        })),
        ...form.blocks.flatMap(({ name, mode, ...at }): Found[] => {
          if (!BLOCKS.includes(name)) {
            return [{ ...place(at), message: `The view has no block ${name}.${didYouMean(name, BLOCKS)}` }];
          }
          if (name !== 'formConfig' || mode === 'append') return [];
          return [
            { ...place(at), message: 'Append to formConfig: in its place the view loses its own settings.' },
          ];
        }),
      ];
    },
  },
  {
    id: 'form-mixin',
    severity: 'error',
    why: 'A form that calls a mixin which nobody declares does not open.',
    form: (form) => {
      const known = [...MIXINS, ...form.mixins];
      const mayComeFromElsewhere = form.parts.some(({ name }) => name !== form.view?.name) || !isOfHub(form);
      return form.calls.flatMap(({ name, ...at }): Found[] => {
        if (known.includes(name)) return [];
        const near = didYouMean(name, known);
        if (near === '' && mayComeFromElsewhere) return [];
        // The view may have mixins that are not public.
        const severity = near === '' ? ('warning' as const) : ('error' as const);
        return [{ ...place(at), message: `Nobody declares the mixin ${name}.${near}`, severity }];
      });
    },
  },
  {
    id: 'form-type',
    severity: 'error',
    why: 'An element of an unknown type is not shown.',
    form: ({ calls }) =>
      elements(calls).flatMap(({ attributes }) =>
        attributes.flatMap(({ name, value, ...at }): Found[] => {
          if (name !== 'type' || typeof value !== 'string' || TYPES.includes(value)) return [];
          const near = didYouMean(value, TYPES);
          // The list of types that is public may not be all.
          const severity = near === '' ? ('warning' as const) : ('error' as const);
          return [{ ...at, message: `There is no known type ${value}.${near}`, severity }];
        }),
      ),
  },
  {
    id: 'form-attribute',
    severity: 'warning',
    why: 'A member that the Hub does not know is ignored.',
    form: ({ calls }) =>
      calls.flatMap((call) => {
        const known =
          call.name === 'formOptions'
            ? OPTIONS
            : call.name === 'formElement'
              ? Object.keys(ATTRIBUTES)
              : undefined;
        if (!known) return [];
        return call.attributes.flatMap(({ name, line, column }): Found[] => {
          const near = didYouMean(name, known);
          // What is public of the Hub's members may not be all, so only what looks mistyped is told.
          if (known.includes(name) || near === '') return [];
          return [{ line, column, message: `${call.name} has no known member ${name}.${near}` }];
        });
      }),
  },
  {
    id: 'form-value',
    severity: 'error',
    why: 'A member with a value of another type does something else than it says.',
    form: ({ calls }) =>
      elements(calls).flatMap(({ attributes }) =>
        attributes.flatMap(({ name, value, line, column }): Found[] => {
          const problem = value === undefined ? undefined : valueProblem(name, value);
          if (problem === undefined) return [];
          // The formats that are public may not be all.
          const severity = name === 'format' ? ('warning' as const) : ('error' as const);
          return [{ line, column, message: `${name} ${problem}`, severity }];
        }),
      ),
  },
];

/** Rules about forms. */
export const formRules: readonly Rule[] = [...formShapeRules, ...formFieldRules, ...formTextRules];

function elements(calls: readonly MixinCall[]): MixinCall[] {
  return calls.filter(({ name }) => name === 'formElement');
}

function valueProblem(name: string, value: unknown): string | undefined {
  const kind = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
  if (kind === 'text' && typeof value !== 'string') return 'must be a text.';
  if (kind === 'switch' && typeof value !== 'boolean') return 'must be true or false, without quotes.';
  if (kind === 'number' && typeof value !== 'number') return 'must be a number, without quotes.';
  const isShown = name === 'visible' && typeof value === 'boolean';
  if (kind === 'object' && !isShown && (value === null || typeof value !== 'object'))
    return 'must be an object.';
  if (name === 'format' && !FORMATS.includes(String(value))) return `must be one of ${FORMATS.join(', ')}.`;
  if (kind !== 'pattern') return undefined;
  if (typeof value !== 'string') return 'must be a text that holds a regular expression.';
  try {
    // Browsers read it with this flag (HTML, "The pattern attribute").
    new RegExp(value, 'v');
    return undefined;
  } catch {
    return 'is no regular expression that a browser reads.';
  }
}

/** Where a path in a form leads on the Hub; resources/ is copied to its root. */
function hubPathOf({ path }: Form, name: string): string {
  const folder = posix.dirname(path.replace(/^resources\//, ''));
  const target = name.startsWith('/') ? name : posix.join('/', folder, name);
  return target.replace(/\.pug$/, '');
}

function isFile(form: Form, name: string, locate: Blueprint['locate']): boolean {
  const target = hubPathOf(form, name);
  return ['', '.pug', '.html', '.js', '.css', '.md'].some((kind) => locate(target + kind) !== undefined);
}

function isOfHub(form: Form): boolean {
  return form.view !== undefined && Object.values(VIEWS).includes(hubPathOf(form, form.view.name));
}

function place({ line, column }: Position): Position {
  return { line, column };
}
