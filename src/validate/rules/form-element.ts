import { type Attribute, attributeOf, elementsOf, type MixinCall } from '../form/facts.js';
import {
  ATTRIBUTES,
  FORMATS,
  OF_TYPE,
  OPTIONS,
  OTHER_NAMES,
  SWITCHES,
  TYPES,
} from '../form/known.js';
import { isLetterOff } from '../letter-off.js';
import { type Found, mistyped, rulesOf, unknownName } from '../rule.js';
import { problem, words } from '../text.js';

/** Of groups and tables only the names are public; what is a letter off one of these is a slip there as well. */
const SHARED = words('name label visible helpText items required readonly');
const MEMBERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['formOptions', OPTIONS],
  ['formElement', [...ATTRIBUTES.keys()]],
  ['formGroup', SHARED],
  ['formElementsTable', SHARED],
]);
/** Types of HTML that a Hub may have as well. */
const OF_HTML = words(
  'text number date email password file hidden range color tel url time radio select',
);

/** What waits longer in front of a page waits in milliseconds. */
const MAX_SECONDS = 1000;
/** Shorter ones are the beginning of too much. */
const MIN_CUT = 4;
/** Types whose members are all public. */
const PLAIN_TYPES = words(
  'textField textarea number checkbox itemSelect simpleText link runWorkflow processState processOutput',
);

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
        const message = `There is no known type ${type.value}.`;
        const { value } = type;
        const whole = TYPES.find((one) => one.toLowerCase().startsWith(value.toLowerCase()));
        const isCut = value.length >= MIN_CUT && !OF_HTML.includes(value) && whole !== undefined;
        return isCut
          ? problem(type, `${message} Did you mean ${whole}?`)
          : unknownName(type, value, TYPES, message);
      }),
  },
  'form-attribute': {
    error: 'A member that is misspelled is ignored.',
    form: ({ calls }) =>
      calls.flatMap((call) =>
        // What is public of the Hub's members may not be all, so only what looks mistyped is reported.
        call.attributes.map((attribute): Found => {
          const { name } = attribute;
          const known = MEMBERS.get(call.name) ?? [];
          if (known.includes(name)) {
            return strayProblem(call, attribute);
          }
          const message = `${call.name} has no known member ${name}.`;
          const found = mistyped(attribute, name, known, message);
          const other = found ? undefined : otherName(call, name);
          if (other !== undefined) {
            return problem(attribute, `${message} Did you mean ${other}?`, 'warning');
          }
          // There are few options, and all that public forms use are known.
          const isOption = call.name === 'formOptions' && !found;
          const whole = OPTIONS.find(
            (one) =>
              one.startsWith(name) ||
              one.startsWith(`form${name.charAt(0).toUpperCase()}${name.slice(1)}`),
          );
          const hint = whole === undefined ? '' : ` Did you mean ${whole}?`;
          return isOption ? problem(attribute, message + hint, 'warning') : found;
        }),
      ),
  },
  'form-value': {
    error: 'A member with a value of another type does something else than it says.',
    form: (form) =>
      form.calls.flatMap((call) =>
        (/^form(Element|Options)$/.test(call.name) ? call.attributes : []).map(
          (attribute): Found => {
            const { name, value } = attribute;
            const isOption = call.name === 'formOptions';
            const expected =
              value === undefined
                ? undefined
                : isOption
                  ? ofOption(name, value)
                  : expectation(name, value);
            // The formats that are public may not be all, and a window may be called anything.
            const isOpen =
              name === 'target' ||
              (name === 'timeout' && typeof value === 'number') ||
              (name === 'format' && !FORMATS.some((one) => isLetterOff(one, String(value))));
            const severity = isOpen ? 'warning' : 'error';
            return expected !== undefined && problem(attribute, `${name} ${expected}`, severity);
          },
        ),
      ),
  },
});

/** What a member is called here that has its name from other forms, where the element lacks it. */
function otherName(call: MixinCall, name: string): string | undefined {
  const other = OTHER_NAMES.get(name);
  // A link that names its address otherwise has a rule of its own.
  const isElement = call.name === 'formElement' && !call.isOpen;
  return other !== undefined && isElement && !attributeOf(call, other) ? other : undefined;
}

/** What is said of a member that elements of another type have. */
function strayProblem(call: MixinCall, attribute: Attribute): Found {
  const type = attributeOf(call, 'type');
  // Without a type it is a textField; what the newer types take is not public.
  const isKnown = type
    ? typeof type.value === 'string' && PLAIN_TYPES.includes(type.value)
    : !call.isOpen;
  if (call.name !== 'formElement' || !isKnown) {
    return false;
  }
  const own = Object.entries(OF_TYPE).find(([, names]) => names.includes(attribute.name))?.[0];
  const message = `Only an element of the type ${own} has ${attribute.name}. Set its type, or remove this.`;
  return own !== undefined && own !== (type?.value ?? '') && problem(attribute, message, 'warning');
}

/** What an option must be in place of what it is; undefined where it is as it should be. */
function ofOption(name: string, value: unknown): string | undefined {
  if (!OPTIONS.includes(name)) {
    return undefined;
  }
  if (SWITCHES.includes(name)) {
    return typeof value === 'boolean' ? undefined : 'must be true or false, without quotes.';
  }
  return typeof value === 'string' || value === null ? undefined : 'must be a text.';
}

/** What a member's value must be in place of what it is; undefined where it is as it should be. */
function expectation(name: string, value: unknown): string | undefined {
  if (name === 'format' && typeof value === 'string') {
    return FORMATS.includes(value) ? undefined : `must be one of ${FORMATS.join(', ')}.`;
  }
  if (name === 'target' && typeof value === 'string' && /^_?(blank|new|tab)$/i.test(value)) {
    return /^_blank$/i.test(value) ? undefined : 'must be _blank, to open another window.';
  }
  if (name === 'timeout' && typeof value === 'number') {
    return value > 0 && value < MAX_SECONDS ? undefined : 'is in seconds.';
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
      return typeof value === 'number' || (name === 'step' && value === 'any')
        ? undefined
        : 'must be a number, without quotes.';
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
