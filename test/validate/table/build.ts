import { call, flow, input } from '../blueprint.js';
import type { Input } from './rows.js';

/** A workflow of config.json, in order. */
export const WORKFLOW = { key: 'order', bpmnresource: '/flows/order.bpmn', role: ['user'] };

/** A form of config.json, in order. */
export const FORM = {
  slug: 'ask',
  template: { form: '/forms/ask.pug' },
  role: ['user'],
  process: { workflow: 'order' },
};

/** How a form begins that extends the Hub's view. */
export const VIEW = 'extends ../views/form/default-form\n';

const START = '    <bpmn:startEvent id="asked" />';
const END = '    <bpmn:endEvent id="done" />';

/** A flow from `asked` to `done` with elements in between. */
export function flowOf(body: string, ways: readonly string[], id = 'order'): string {
  return flow({ id, body: [START, body, END].join('\n'), ways });
}

/** The smallest flow. */
export const SHORT = flowOf('', ['asked->done']);

/** A flow with a gateway, of which every part is in order. */
export const BRANCHED = flowOf(
  `    <bpmn:exclusiveGateway id="which" default="which-to-other" />
    <bpmn:task id="one" />
    <bpmn:task id="other" />`,
  ['asked->which', 'which->one:${environment.variables.one}', 'which->other'].concat([
    'one->done',
    'other->done',
  ]),
);

/** JSON over several lines. */
export function json(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** A blueprint of one flow. */
export function ofFlow(bpmn: string, more: Input = {}): Input {
  return { 'config.json': json({ workflow: [WORKFLOW] }), 'flows/order.bpmn': bpmn, ...more };
}

/** A blueprint of one flow, some text of which is another one. */
export function changed(bpmn: string, from: string | RegExp, to: string, more: Input = {}): Input {
  const text = bpmn.replace(from, to);
  if (text === bpmn) {
    throw new Error(`Nothing is changed by ${from}.`);
  }
  return ofFlow(text, more);
}

/** A blueprint of one flow with the node `work`, and boundary events or more beside it. */
export function working(body: string, ...ways: readonly string[]): Input {
  return ofFlow(flowOf(body, ['asked->work', 'work->done', ...ways]));
}

/** A blueprint whose flow runs a script file. */
export function script(text: string): Input {
  const task =
    '    <bpmn:scriptTask id="work" scriptFormat="js" camunda:resource="/scripts/x.js" />';
  return { ...working(task), 'scripts/x.js': text };
}

/** A script task whose text stands in the flow. */
export function scriptTask(text: string, id = 'work'): string {
  return `    <bpmn:scriptTask id="${id}" scriptFormat="js"><bpmn:script>${text}</bpmn:script></bpmn:scriptTask>`;
}

/** What a call is made of besides its inputs. */
export interface CallParts {
  readonly connector?: string;
  /** Output parameters of the connector. */
  readonly outputs?: string;
  /** What stands behind the connector: the parameters of the task. */
  readonly task?: string;
  /** The text of a script task that comes next. */
  readonly after?: string;
}

/** A service task `work` that calls, with its error boundary. */
export function callTask(
  inputs: Readonly<Record<string, string>>,
  { connector = 'httpRequest', outputs = '', task = '' }: CallParts = {},
): string {
  const parameters = Object.entries(inputs).map(([name, text]) => input(name, text));
  return call(parameters.join('\n'), outputs, 'work')
    .replace('>httpRequest<', `>${connector}<`)
    .replace('</camunda:connector>', `</camunda:connector>${task}`);
}

/** A blueprint whose flow makes one call. */
export function calling(inputs: Readonly<Record<string, string>>, parts: CallParts = {}): Input {
  const task = callTask(inputs, parts);
  if (parts.after === undefined) {
    return working(task, 'work-failed->done');
  }
  const ways = ['asked->work', 'work->then', 'work-failed->done', 'then->done'];
  return ofFlow(flowOf(`${task}\n${scriptTask(parts.after, 'then')}`, ways));
}

/** A blueprint whose flow calls the Hub. */
export function asking(inputs: Readonly<Record<string, string>>, parts: CallParts = {}): Input {
  return calling(inputs, { connector: 'onifyApiRequest', ...parts });
}

/** A map, as the value of a parameter. */
export function map(entries: Readonly<Record<string, string>>): string {
  const inner = Object.entries(entries).map(
    ([key, text]) => `<camunda:entry key="${key}">${text}</camunda:entry>`,
  );
  return `<camunda:map>${inner.join('')}</camunda:map>`;
}

/** A script, as the value of a parameter. */
export function giving(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<camunda:script scriptFormat="js">${escaped}</camunda:script>`;
}

/** An output parameter. */
export function put(name: string, text: string): string {
  return `<camunda:outputParameter name="${name}">${text}</camunda:outputParameter>`;
}

/** An input parameter of a task. */
export function take(name: string, text: string): string {
  return `<camunda:inputParameter name="${name}">${text}</camunda:inputParameter>`;
}

/** The parameters of a task itself. */
export function parameters(...parts: readonly string[]): string {
  return `<camunda:inputOutput>${parts.join('')}</camunda:inputOutput>`;
}

/** A blueprint of a form, whole, and the flow that it starts. */
export function wholeForm(pug: string, more: Input = {}): Input {
  return {
    'config.json': json({ workflow: [WORKFLOW], form: [FORM] }),
    'flows/order.bpmn': SHORT,
    'forms/ask.pug': pug,
    ...more,
  };
}

/** A blueprint of a form with this in its block for fields. */
export function form(...lines: readonly string[]): Input {
  return wholeForm(`${VIEW}block formContent\n${lines.map((line) => `  ${line}\n`).join('')}`);
}

/** A blueprint of a form with one element. */
export function element(members: string): Input {
  return form(`+formElement({ ${members} })`);
}

const SCHEDULE = flow({
  id: 'schedule',
  body: [
    '    <bpmn:startEvent id="asked"><bpmn:timerEventDefinition id="daily"><bpmn:timeCycle>0 4 * * *</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>',
    callTask(
      { url: '/my/workflows/run/fortnox-refresh-access-token', method: 'POST' },
      { connector: 'onifyApiRequest' },
    ),
    END,
  ].join('\n'),
  ways: ['asked->work', 'work->done', 'work-failed->done'],
});

/** The same blueprint as one that this package ships, with the schedule that it needs. */
export function own(files: Input): Input {
  const entry = { key: 'schedule', bpmnresource: '/flows/schedule.bpmn', role: ['admin'] };
  return {
    ...files,
    'package.json': '{ "name": "fortnox-blueprint" }',
    'config.json': json({ workflow: [WORKFLOW, entry] }),
    'flows/schedule.bpmn': SCHEDULE,
  };
}
