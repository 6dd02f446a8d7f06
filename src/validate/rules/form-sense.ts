import { attributeOf, elementsOf, type MixinCall } from '../form/facts.js';
import { type Found, rulesOf } from '../rule.js';
import { problem } from '../text.js';

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
  'form-range': {
    error: 'Where the smallest number is above the largest, no number fits.',
    form: (form) =>
      elementsOf(form).map((element): Found => {
        const [min, max] = ['min', 'max'].map((name) => attributeOf(element, name));
        const isEmpty = min && Number(min.value) > Number(max?.value);
        return isEmpty ? problem(min, `min is above max (${max?.value}). Swap them.`) : false;
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
      return form.calls.map((call): Found => {
        const visible = attributeOf(call, 'visible');
        const { ifField, hasValue } = membersOf(visible?.value);
        const isText = boxes.has(ifField) && typeof hasValue === 'string';
        const message = `The checkbox ${textOf(ifField)} is true or false. Write hasValue: true or false, without quotes.`;
        return visible && isText ? problem(visible, message) : false;
      });
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
