import { didYouMean } from '../../core/suggest.js';
import type { Found, Rule } from '../finding.js';
import type { Attribute, MixinCall } from '../form/facts.js';
import { SHOWN } from '../form/known.js';

/** Types that carry no name in the forms that are public. */
const NAMELESS = ['simpleText', 'processState'];

const FIELD = /(?<![{$\\])\{([A-Za-z_]\w*)\}(?!\})/g;

/** Rules about the fields of a form, and what refers to them. */
export const formFieldRules: readonly Rule[] = [
  {
    id: 'form-name',
    severity: 'error',
    why: 'A field without a name of its own does not reach the flow, or two of them reach it as one.',
    form: (form) => {
      const seen = new Set<string>();
      return form.calls.flatMap((call): Found[] => {
        if (call.name !== 'formElement') {
          return [];
        }
        const name = attributeOf(call, 'name');
        const { line, column } = name ?? call;
        if (!name || name.value === '') {
          const type = String(attributeOf(call, 'type')?.value);
          if (call.isOpen || NAMELESS.includes(type)) {
            return [];
          }
          const isShown = SHOWN.includes(type);
          const severity = isShown ? ('warning' as const) : ('error' as const);
          return [{ line, column, message: 'This element has no name.', severity }];
        }
        if (typeof name.value !== 'string') {
          return [];
        }
        if (!seen.has(name.value)) {
          seen.add(name.value);
          return [];
        }
        return [{ line, column, message: `There is a field ${name.value} above already.` }];
      });
    },
  },
  {
    id: 'form-field',
    severity: 'error',
    why: 'What refers to a field that is not in the form stays empty or hidden.',
    form: (form) => {
      if (form.hasOpenFields) {
        return [];
      }
      const names = form.fields.map(({ name }) => name);
      const check = (name: string, { line, column }: Attribute, isText: boolean): Found[] => {
        if (names.includes(name)) {
          return [];
        }
        const near = didYouMean(name, names);
        // In a text curly brackets may stand for themselves.
        const severity = isText && near === '' ? ('warning' as const) : ('error' as const);
        return [
          { line, column, message: `There is no field ${name} in this form.${near}`, severity },
        ];
      };
      return form.calls.flatMap((call) =>
        call.attributes.flatMap((attribute): Found[] => [
          ...(attribute.name === 'visible'
            ? ifField(attribute.value).flatMap((name) => check(name, attribute, false))
            : []),
          ...textsIn(attribute.value).flatMap((text) =>
            [...text.matchAll(FIELD)].flatMap(([, name = '']) => {
              const isText = attribute.name !== 'input';
              return attribute.name === 'pattern' ? [] : check(name, attribute, isText);
            }),
          ),
        ]),
      );
    },
  },
  {
    id: 'form-visible',
    severity: 'error',
    why: 'A condition that the Hub does not know shows or hides the element always.',
    form: ({ calls }) =>
      calls.flatMap((call): Found[] => {
        const visible = attributeOf(call, 'visible');
        if (
          !visible ||
          visible.value === undefined ||
          visible.value === null ||
          typeof visible.value !== 'object'
        ) {
          return [];
        }
        const { line, column } = visible;
        const members = Object.keys(visible.value);
        if (!members.includes('ifField')) {
          return [
            {
              line,
              column,
              message: `visible names no field.${didYouMean(members[0] ?? '', KNOWN)} Give it ifField.`,
            },
          ];
        }
        return members.flatMap((member): Found[] => {
          const near = didYouMean(member, KNOWN);
          return KNOWN.includes(member) || near === ''
            ? []
            : [{ line, column, message: `visible knows no ${member}.${near}` }];
        });
      }),
  },
  {
    id: 'form-workflow',
    severity: 'warning',
    why: 'A button that runs a workflow which is not there fails; one of the Hub itself may be meant.',
    form: ({ calls }, { config }) => {
      const keys = (config?.workflows ?? []).map(({ key }) => key);
      return calls.flatMap((call): Found[] => {
        if (attributeOf(call, 'type')?.value !== 'runWorkflow') {
          return [];
        }
        const workflow = attributeOf(call, 'workflow');
        if (!workflow) {
          if (call.isOpen) {
            return [];
          }
          const { line, column } = call;
          return [
            { line, column, message: 'This button runs no workflow. Name one.', severity: 'error' },
          ];
        }
        const { line, column, value } = workflow;
        if (!config || typeof value !== 'string' || keys.includes(value) || value.includes('{')) {
          return [];
        }
        const near = didYouMean(value, keys);
        const message = `${value} is no workflow of this blueprint.${near || ' Check that the Hub has it.'}`;
        return [{ line, column, message, ...(near !== '' && { severity: 'error' as const }) }];
      });
    },
  },
  {
    id: 'form-input',
    severity: 'error',
    why: 'A flow that reads a field which its form does not have gets nothing.',
    blueprint: ({ config, forms, flows, locate }) => {
      const flowOf = new Map(
        flows.flatMap((flow) => flow.processes.map(({ id }) => [id, flow] as const)),
      );
      return (config?.forms ?? []).flatMap(({ templates: [template = ''], workflow = '' }) => {
        const form = forms.find(({ path }) => path === locate(template));
        const flow = flowOf.get(workflow);
        if (!form || form.problem || form.hasOpenFields || !flow) {
          return [];
        }
        const names = form.fields.map(({ name }) => name);
        return flow.submitFields.flatMap(({ name, element, line }): Found[] => {
          if (names.includes(name)) {
            return [];
          }
          const message = `It reads the field ${name}, which the form ${form.path} does not have.${didYouMean(name, names)}`;
          return [{ file: flow.path, element, line, message }];
        });
      });
    },
  },
];

const KNOWN = ['ifField', 'hasValue', 'containsValue'];

function attributeOf({ attributes }: MixinCall, name: string): Attribute | undefined {
  return attributes.find((attribute) => attribute.name === name);
}

function ifField(value: unknown): string[] {
  if (value === null || typeof value !== 'object' || !('ifField' in value)) {
    return [];
  }
  return typeof value.ifField === 'string' ? [value.ifField] : [];
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  if (value === null || typeof value !== 'object') {
    return [];
  }
  return Object.values(value).flatMap(textsIn);
}
