import { type Attribute, attributeOf, type MixinCall } from '../form/facts.js';
import { nearHint } from '../near.js';
import { type Found, mistyped, rulesOf } from '../rule.js';
import { problem } from '../text.js';

const CONDITIONS = ['ifField', 'hasValue', 'containsValue'];

/** Rules about when and where an element is shown. */
export const formConditionRules = rulesOf({
  'form-visible': {
    error: 'A condition that the Hub does not know shows or hides the element always.',
    form: ({ calls }) =>
      calls.flatMap((call): Found[] => {
        const visible = attributeOf(call, 'visible');
        const required = requiredProblem(attributeOf(call, 'required'));
        if (required) {
          return [required];
        }
        if (!visible?.value || typeof visible.value !== 'object') {
          return [];
        }
        const members = Object.keys(visible.value);
        if (!members.includes('ifField')) {
          const near = nearHint(members[0] ?? '', CONDITIONS);
          return [problem(visible, `visible names no field.${near || ' Give it ifField.'}`)];
        }
        const slips = members.map((member) =>
          mistyped(visible, member, CONDITIONS, `visible has no known member ${member}.`),
        );
        return [...slips, ...(slips.some(Boolean) ? [] : [conditionProblem(call, visible)])];
      }),
  },
  'form-place': {
    warning:
      'The view reads its options in formConfig and shows its fields in formContent; the other way round neither is seen.',
    form: ({ calls }) =>
      calls.map((call): Found => {
        const isStray =
          (call.name === 'formElement' && call.block === 'formConfig') ||
          (call.name === 'formOptions' && call.block === 'formContent');
        const other = call.block === 'formConfig' ? 'formContent' : 'formConfig';
        return isStray && problem(call, `This belongs in the block ${other}.`);
      }),
  },
});

/** What is said of a condition whose members are known, but not used as public forms do. */
function conditionProblem(call: MixinCall, visible: Attribute): Found {
  const {
    ifField: field,
    hasValue,
    containsValue,
    ...rest
  } = visible.value as Record<string, unknown>;
  const text = visible.source;
  const [other] = Object.keys(rest);
  if (typeof field === 'string' && field !== '' && field === attributeOf(call, 'name')?.value) {
    const message = `This depends on its own value. Once it is hidden, nobody can change it.`;
    return problem(visible, message, 'warning');
  }
  if (!/\b(hasValue|containsValue)\b|\.\.\.|\[/.test(text)) {
    const message =
      other === undefined
        ? 'visible compares the field with nothing. Add hasValue, or containsValue: true.'
        : `visible has no known member ${other}. Write hasValue, or containsValue: true.`;
    return problem(visible, message, 'warning');
  }
  const isOther = containsValue !== undefined && containsValue !== true && hasValue === undefined;
  const message =
    'containsValue is true where the field holds anything; nothing else is known of it. To compare, use hasValue.';
  return isOther && problem(visible, message, 'warning');
}

/** What is said of a field that is required by a condition which compares in no known way. */
function requiredProblem(required: Attribute | undefined): Found {
  const { value, source = '' } = required ?? {};
  const isCondition = value !== null && typeof value === 'object' && 'ifField' in value;
  const other = isCondition ? Object.keys(value).find((name) => name !== 'ifField') : undefined;
  const message = `required has no known member ${other}. Write hasValue.`;
  const isUnknown = other !== undefined && !/\b(hasValue|containsValue)\b|\.\.\.|\[/.test(source);
  return required && isUnknown ? problem(required, message, 'warning') : false;
}
