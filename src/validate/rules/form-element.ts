import { didYouMean } from '../../core/suggest.js';
import type { Found, Rule } from '../finding.js';
import type { MixinCall } from '../form/facts.js';
import { ATTRIBUTES, FORMATS, OPTIONS, TYPES } from '../form/known.js';

/** Rules about the elements of a form and their members. */
export const formElementRules: readonly Rule[] = [
  {
    id: 'form-type',
    severity: 'error',
    why: 'An element of an unknown type is not shown.',
    form: ({ calls }) =>
      elements(calls).flatMap(({ attributes }) =>
        attributes.flatMap(({ name, value, ...at }): Found[] => {
          if (name !== 'type' || typeof value !== 'string' || TYPES.includes(value)) {
            return [];
          }
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
        if (!known) {
          return [];
        }
        return call.attributes.flatMap(({ name, line, column }): Found[] => {
          if (known.includes(name)) {
            return [];
          }
          const near = didYouMean(name, known);
          // What is public of the Hub's members may not be all, so only what looks mistyped is told.
          if (near === '') {
            return [];
          }
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
          if (problem === undefined) {
            return [];
          }
          // The formats that are public may not be all.
          const severity = name === 'format' ? ('warning' as const) : ('error' as const);
          return [{ line, column, message: `${name} ${problem}`, severity }];
        }),
      ),
  },
];

function elements(calls: readonly MixinCall[]): MixinCall[] {
  return calls.filter(({ name }) => name === 'formElement');
}

function valueProblem(name: string, value: unknown): string | undefined {
  const kind = Object.hasOwn(ATTRIBUTES, name) ? ATTRIBUTES[name] : undefined;
  if (kind === 'text' && typeof value !== 'string') {
    return 'must be a text.';
  }
  if (kind === 'switch' && typeof value !== 'boolean') {
    return 'must be true or false, without quotes.';
  }
  if (kind === 'number' && typeof value !== 'number') {
    return 'must be a number, without quotes.';
  }
  const isShown = name === 'visible' && typeof value === 'boolean';
  if (kind === 'object' && !isShown && (value === null || typeof value !== 'object')) {
    return 'must be an object.';
  }
  if (name === 'format' && !FORMATS.includes(String(value))) {
    return `must be one of ${FORMATS.join(', ')}.`;
  }
  if (kind !== 'pattern') {
    return undefined;
  }
  if (typeof value !== 'string') {
    return 'must be a text that holds a regular expression.';
  }
  try {
    // Browsers read it with this flag (HTML, "The pattern attribute").
    new RegExp(value, 'v');
    return undefined;
  } catch {
    return 'is no regular expression that a browser reads.';
  }
}
