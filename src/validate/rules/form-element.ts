import { attributeOf, elementsOf } from '../form/facts.js';
import { ATTRIBUTES, FORMATS, OPTIONS, TYPES } from '../form/known.js';
import { isLetterOff } from '../letter-off.js';
import { type Found, mistyped, rulesOf, unknownName } from '../rule.js';
import { problem } from '../text.js';

const MEMBERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['formOptions', OPTIONS],
  ['formElement', [...ATTRIBUTES.keys()]],
]);

/** Rules about the elements of a form and their members. */
export const formElementRules = rulesOf({
  'form-type': {
    error: 'An element of an unknown type is not shown.',
    form: (form) =>
      elementsOf(form).map((element): Found => {
        const type = attributeOf(element, 'type');
        if (typeof type?.value !== 'string' || TYPES.includes(type.value)) {
          return false;
        }
        return unknownName(type, type.value, TYPES, `There is no known type ${type.value}.`);
      }),
  },
  'form-attribute': {
    error: 'A member that is misspelled is ignored.',
    form: ({ calls }) =>
      calls.flatMap((call) =>
        // What is public of the Hub's members may not be all, so only what looks mistyped is reported.
        call.attributes.map((attribute) => {
          const message = `${call.name} has no known member ${attribute.name}.`;
          return mistyped(attribute, attribute.name, MEMBERS.get(call.name) ?? [], message);
        }),
      ),
  },
  'form-value': {
    error: 'A member with a value of another type does something else than it says.',
    form: (form) =>
      elementsOf(form).flatMap(({ attributes }) =>
        attributes.map((attribute): Found => {
          const { name, value } = attribute;
          const expected = value === undefined ? undefined : expectation(name, value);
          // The formats that are public may not be all.
          const isOpen =
            name === 'format' && !FORMATS.some((one) => isLetterOff(one, String(value)));
          const severity = isOpen ? 'warning' : 'error';
          return expected !== undefined && problem(attribute, `${name} ${expected}`, severity);
        }),
      ),
  },
});

/** What a member's value must be in place of what it is; undefined where it is as it should be. */
function expectation(name: string, value: unknown): string | undefined {
  if (name === 'format' && typeof value === 'string') {
    return FORMATS.includes(value) ? undefined : `must be one of ${FORMATS.join(', ')}.`;
  }
  switch (ATTRIBUTES.get(name)) {
    case 'text':
      return typeof value === 'string' || value === null ? undefined : 'must be a text.';
    case 'switch':
      return typeof value === 'boolean' ? undefined : 'must be true or false, without quotes.';
    case 'condition': {
      const isCondition = value !== null && typeof value === 'object' && 'ifField' in value;
      return typeof value === 'boolean' || isCondition
        ? undefined
        : 'must be true or false, without quotes, or name a field in ifField.';
    }
    case 'number':
      return typeof value === 'number' ? undefined : 'must be a number, without quotes.';
    case 'object': {
      const isShown = name === 'visible' && typeof value === 'boolean';
      const isObject = value !== null && typeof value === 'object';
      return isObject || isShown ? undefined : 'must be an object.';
    }
    case 'pattern':
      return patternProblem(value);
    default:
      return undefined;
  }
}

function patternProblem(value: unknown): string | undefined {
  if (typeof value !== 'string') {
    return 'must be a text that holds a regular expression.';
  }
  try {
    // Browsers read it with this flag (HTML, "The pattern attribute").
    new RegExp(value, 'v');
    return undefined;
  } catch {
    return 'is not a regular expression that a browser reads.';
  }
}
