import { isHere, workflowKeys } from '../blueprint.js';
import type { FlowSummary } from '../flow/summary.js';
import { attributeOf, elementsOf, type Form, isShownOnly, type MixinCall } from '../form/facts.js';
import { FILLED_IN } from '../form/known.js';
import { textsIn } from '../form/literal.js';
import { isLetterOff, isNumbered } from '../letter-off.js';
import { nearHint } from '../near.js';
import { type Found, rulesOf, unknownName } from '../rule.js';
import { problem } from '../text.js';
import { FIELD, misplaced } from './form-placeholder.js';

// Of fields with one name; one more is seldom in another branch than all of them.
const MAX_COMPARED = 20;
// Comparing each name with each of more of them would take time that grows with its square.
const MAX_NAMES = 100;
// Shorter names are near to too many others.
const MIN_LENGTH = 4;

/** Rules about the fields of a form, and what refers to them. */
export const formFieldRules = rulesOf({
  'form-name': {
    error:
      'A field without a name of its own does not reach the flow, or two of them reach it as one.',
    form: (form) => {
      const seen = new Map<unknown, MixinCall[]>();
      return elementsOf(form).map((element): Found => {
        const name = attributeOf(element, 'name');
        if (!name || name.value === '') {
          // What only shows sends nothing, and carries no name in public forms.
          const isShown = isShownOnly(element);
          return (
            !element.isOpen &&
            !isShown &&
            problem(name ?? element, 'This element has no name. Give it one.')
          );
        }
        const alike = seen.get(name.value) ?? [];
        const isSecond =
          typeof name.value === 'string' && alike.some((other) => mayMeet(other, element));
        if (alike.length < MAX_COMPARED) {
          seen.set(name.value, [...alike, element]);
        }
        return (
          isSecond &&
          problem(name, `There is a field ${name.value} above already. Give this one another name.`)
        );
      });
    },
  },
  'form-field': {
    error: 'What refers to a field that is not in the form stays empty or hidden.',
    form: (form) => {
      const known = new Set(form.fields.map(({ name }) => name));
      const names = [...known];
      const mayCompare = names.length <= MAX_NAMES;
      const attributes = form.calls.flatMap((call) => call.attributes);
      const waiting = new Set(
        form.calls
          .filter(
            (call) => isShownOnly(call) && ifField(attributeOf(call, 'visible')?.value).length > 0,
          )
          .flatMap((call) => call.attributes),
      );
      return attributes.flatMap((attribute) => {
        const { name: member, value } = attribute;
        const check = (name: string, isSure: boolean): Found => {
          if (known.has(name)) {
            return false;
          }
          const found = unknownName(
            attribute,
            name,
            names,
            `There is no field ${name} in this form.`,
          );
          if (form.hasOpenFields) {
            // Another file may bring it, or it is a letter off.
            const isSlip =
              mayCompare &&
              name.length >= MIN_LENGTH &&
              names.some((other) => isLetterOff(other, name) && !isNumbered(other, name));
            return isSlip && { ...found, severity: 'warning' };
          }
          return isSure ? { ...found, severity: 'error' } : found;
        };
        const texts = member === 'pattern' ? [] : textsIn(value);
        const mentioned = texts
          .flatMap((text) => [...text.matchAll(FIELD)])
          .filter(([, name = '']) => !FILLED_IN.includes(name));
        return [
          ...(/^(visible|required)$/.test(member) ? ifField(value) : []).map((name) =>
            check(name, true),
          ),
          // In a text that is shown, curly brackets may stand for themselves.
          // One that is shown when a field has a value is there to show it.
          ...mentioned.map(([, name = '']) =>
            check(name, member === 'input' || (member === 'helpText' && waiting.has(attribute))),
          ),
          ...texts.map((text) => misplaced(attribute, text, member, known)),
        ];
      });
    },
  },
  'form-workflow': {
    warning:
      'A button that runs a workflow which is not there fails; one of the Hub itself may be meant.',
    form: ({ calls }, blueprint) => {
      const keys = workflowKeys(blueprint);
      const isKey = new Set(keys);
      return calls.map((call): Found => {
        if (attributeOf(call, 'type')?.value !== 'runWorkflow') {
          return false;
        }
        const workflow = attributeOf(call, 'workflow');
        if (!workflow) {
          return !call.isOpen && problem(call, 'This button runs no workflow. Name one.', 'error');
        }
        const { value } = workflow;
        const isFixed = blueprint.config && typeof value === 'string' && !value.includes('{');
        if (!isFixed || isKey.has(value) || isHere(blueprint, value)) {
          return false;
        }
        const found = unknownName(
          workflow,
          value,
          keys,
          `${value} is not a workflow of this blueprint.`,
        );
        const hint = found.severity === 'warning' ? ' Check that the Hub has it.' : '';
        return { ...found, message: found.message + hint };
      });
    },
  },
  'form-input': {
    error: 'A flow that reads a field which its form does not have gets nothing.',
    blueprint: ({ config, forms, flows, locate }) => {
      const flowOf = new Map(
        flows.flatMap((flow) => flow.processes.map(({ id }) => [id, flow] as const)),
      );
      const byPath = new Map(forms.map((form) => [form.path, form] as const));
      const starting = new Map<FlowSummary, (Form | undefined)[]>();
      for (const { templates, workflow = '' } of config?.forms ?? []) {
        const flow = flowOf.get(workflow);
        const path = locate(templates[0] ?? '');
        if (flow) {
          const form = byPath.get(path ?? '');
          const others = starting.get(flow) ?? [];
          others.push(form);
          starting.set(flow, others);
        }
      }
      return [...starting].flatMap(([flow, all]) => {
        const known = all.flatMap((form) => form ?? []);
        const isOpen = all.some((form) => !form || form.problem || form.hasOpenFields);
        const names = [...new Set(known.flatMap(({ fields }) => fields.map(({ name }) => name)))];
        const isKnown = new Set(names);
        return (isOpen ? [] : flow.submitFields).map((use): Found => {
          if (isKnown.has(use.name)) {
            return false;
          }
          const message = `This reads the field ${use.name}, which the form ${known.map(({ path }) => path).join(', ')} does not have.`;
          return problem({ file: flow.path, ...use }, message + nearHint(use.name, names));
        });
      });
    },
  },
});

/** Whether two elements can be in the form at once, and do not stand in two branches of one condition. */
function mayMeet({ branches: one }: MixinCall, { branches: other }: MixinCall): boolean {
  return !one.some(({ of, branch }) => other.some((it) => it.of === of && it.branch !== branch));
}

function ifField(value: unknown): string[] {
  const isCondition = value !== null && typeof value === 'object' && 'ifField' in value;
  return isCondition && typeof value.ifField === 'string' ? [value.ifField] : [];
}
