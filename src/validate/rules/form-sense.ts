import { type Attribute, attributeOf, elementsOf, type MixinCall } from '../form/facts.js';
import { type Found, rulesOf } from '../rule.js';
import { problem } from '../text.js';

// Numbers such as 0.1 are not exact.
const TOLERANCE = 1e-6;

/** Rules about elements of a form that no one can fill in, or that lead nowhere. */
export const formSenseRules = rulesOf({
  'form-pattern': {
    error: 'The slashes around a pattern belong to it, so nothing that people write ever fits.',
    form: (form) =>
      elementsOf(form).map((element): Found => {
        const pattern = attributeOf(element, 'pattern');
        const isBetween =
          typeof pattern?.value === 'string' && /^\/.+\/[a-z]*$/.test(pattern.value);
        return isBetween && problem(pattern, 'A pattern has no slashes around it. Remove them.');
      }),
  },
  'form-escape': {
    error: "In a JavaScript text a single backslash is dropped: '\\d' is the letter d.",
    form: ({ calls, code }) => [
      // One a line is enough: who wrote one wrote all of them so.
      ...[...new Map(code.lost.toReversed().map((one) => [one.line, one])).values()].map(
        (place): Found => {
          const { name, ...at } = place;
          // Of the others a regular expression makes nothing either, but the text is not what it says.
          const severity = /[dDwWsSpPB]/.test(name) ? 'error' : 'warning';
          return problem(at, `This backslash is dropped. Write \\\\${name}.`, severity);
        },
      ),
      ...elementsOf({ calls }).map((element): Found => {
        const pattern = attributeOf(element, 'pattern');
        const [, lost] =
          /(?:^|[^\\])(?:\\\\)*\\([b.+*?()[\]{}|^$])/.exec(textIn(pattern?.source)) ?? [];
        const message = `The backslash in front of ${lost} is dropped. Write \\\\${lost}.`;
        return pattern && lost !== undefined ? problem(pattern, message, 'warning') : false;
      }),
    ],
  },
  'form-range': {
    error: 'Where the smallest number is above the largest, no number fits.',
    form: (form) =>
      elementsOf(form).map((element): Found => {
        const [min, max, step, value] = ['min', 'max', 'step', 'value'].map((name) =>
          attributeOf(element, name),
        );
        const [least, most, given] = [numberOf(min), numberOf(max), numberOf(value)];
        if (min && least > most) {
          return problem(min, `min is above max (${max?.value}). Swap them.`);
        }
        const isNumber = attributeOf(element, 'type')?.value === 'number';
        const said = isNumber ? misfit({ least, most, step: numberOf(step), given }) : undefined;
        // What a field or an expression gives is not a number yet.
        const isWord =
          isNumber &&
          typeof value?.value === 'string' &&
          /^[^{}]*[a-z]/i.test(value.value) &&
          Number.isNaN(given);
        if (value && (said !== undefined || isWord)) {
          const text = `The value ${String(value.value)} ${said ?? 'is not a number.'}`;
          return problem(value, text, 'warning');
        }
        const isStill = step !== undefined && numberOf(step) <= 0;
        return isStill ? problem(step, 'step must be above 0.', 'warning') : false;
      }),
  },
  'form-checkbox': {
    warning: 'A checkbox is true or false; compared with a text it never matches.',
    form: (form) => {
      const boxes = new Set(
        elementsOf(form)
          .filter((element) => attributeOf(element, 'type')?.value === 'checkbox')
          .map((element) => attributeOf(element, 'name')?.value),
      );
      return form.calls.flatMap((call): Found[] =>
        ['visible', 'required'].map((name) => {
          const condition = attributeOf(call, name);
          const { ifField, hasValue } = membersOf(condition?.value);
          const isText = boxes.has(ifField) && typeof hasValue === 'string';
          const message = `The checkbox ${textOf(ifField)} is true or false. Write hasValue: true or false, without quotes.`;
          return condition && isText ? problem(condition, message) : false;
        }),
      );
    },
  },
  'form-link-url': {
    error: "A link's address is its url; without one it leads nowhere.",
    form: (form) =>
      elementsOf(form).map((element): Found => {
        const isLink = attributeOf(element, 'type')?.value === 'link';
        const message = attributeOf(element, 'href')
          ? "A link's address is called url. Write it in place of href."
          : 'This link has no url. Give it one.';
        return isLink && !element.isOpen && !hasAddress(element) && problem(element, message);
      }),
  },
});

/** The number that a member holds, as a number or as a text; NaN where it holds none that is fixed. */
function numberOf(attribute: Attribute | undefined): number {
  const value = attribute?.value;
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
    ? Number(value)
    : Number.NaN;
}

/** Why a number that an element begins with does not fit it. */
function misfit({ least, most, step, given }: Record<'least' | 'most' | 'step' | 'given', number>) {
  if (given < least) {
    return `is below min (${least}).`;
  }
  if (given > most) {
    return `is above max (${most}).`;
  }
  // Browsers count the steps from min.
  const steps = (given - least) / step;
  return step > 0 && Math.abs(steps - Math.round(steps)) > TOLERANCE
    ? `is none of the steps of ${step} from ${least}.`
    : undefined;
}

/** The text of a JavaScript source that is one text; empty where it is anything else. */
function textIn(source = ''): string {
  return /^(['"`])[\s\S]*\1$/.test(source) ? source : '';
}

function hasAddress(element: MixinCall): boolean {
  const url = attributeOf(element, 'url');
  const value = attributeOf(element, 'value');
  // Some forms give the address alone.
  const isAddress =
    value && (value.value === undefined || /^(https?:|\/|\{)/i.test(textOf(value.value)));
  return (
    (url !== undefined && url.value !== '') || (isAddress === true && !attributeOf(element, 'href'))
  );
}

function membersOf(value: unknown): { ifField?: unknown; hasValue?: unknown } {
  return value !== null && typeof value === 'object' ? value : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
