import type { Mutation } from './mutation.js';

/** Mutations that no rule finds, each with the reason: why it does no harm, or why only a run can tell. */
export const HARMLESS: readonly {
  readonly kind: string;
  readonly file: RegExp;
  readonly target: RegExp;
  readonly reason: string;
}[] = [
  {
    kind: 'drop element',
    file: /\.bpmn$/,
    target: /^(di:waypoint|dc:Bounds .* in bpmndi:BPMNLabel|bpmndi:BPMNLabel)/,
    reason: 'A line with a bend less, or a label where the modeler puts it, is drawn all the same.',
  },
  {
    kind: 'drop element',
    file: /\.bpmn$/,
    target: /^bpmn:documentation/,
    reason: 'It is read by people only.',
  },
  {
    kind: 'drop element',
    file: /\.bpmn$/,
    target:
      /^(camunda:outputParameter (happened|work|state|brought) .*|camunda:inputOutput .*|bpmn:extensionElements .*) of .*-(failed|timed-out)$/,
    reason: 'The scripts take a call that tells nothing of itself for one that failed.',
  },
  {
    kind: 'drop element',
    file: /\.bpmn$/,
    target: /^camunda:(input|output)Parameter state in camunda:inputOutput of /,
    reason:
      'A milestone is matched by its id over the whole flow, and another path tells of it: a step that stays open there is all that a person sees.',
  },
  {
    kind: 'drop element',
    file: /\.bpmn$/,
    target: /^camunda:entry name in camunda:map of /,
    reason: 'A milestone without a name is shown by its id.',
  },
  {
    kind: 'drop element',
    file: /\.bpmn$/,
    target: /^camunda:outputParameter (go|work|failure) in camunda:inputOutput of /,
    reason:
      'A script before it writes the same name; which of the two is meant, only a run can tell.',
  },
  {
    kind: 'drop element',
    file: /\.bpmn$/,
    target: /^camunda:inputParameter work in camunda:inputOutput of save-safely$/,
    reason: 'A script in the sub-process writes the same name; which is read, only a run can tell.',
  },
  {
    kind: 'drop element',
    file: /\.bpmn$/,
    target: /^bpmn:errorEventDefinition .* in bpmn:endEvent of /,
    reason:
      'At the top level such an end is in the picture alone: explain.js before it has failed the run by then.',
  },
  {
    kind: 'drop element',
    file: /\.bpmn$/,
    target: /^camunda:inputParameter payload in camunda:inputOutput of save-token$/,
    reason: 'A script chooses between a GET and a PUT; which of them it is, only a run can tell.',
  },
  {
    kind: 'drop element',
    file: /refresh-schedule\.bpmn$/,
    target: /^camunda:inputParameter throwHttpErrors in camunda:inputOutput of send-mail$/,
    reason: 'Where it throws, its boundary event leads to the same gateway.',
  },
  {
    kind: 'text for a switch',
    file: /\.bpmn$/,
    target: /\$\{(true|false)\}$/,
    reason:
      'Where a script reads it and no connector does, nothing says that it is a switch; the flow tests run it.',
  },
  {
    kind: 'unclosed text',
    file: /\.pug$/,
    target: /^line \d+: ',/,
    reason: 'The code blocks of a form are not read; the browser tests open it.',
  },
  {
    kind: 'drop field',
    file: /fortnox-activate\.pug$/,
    target: /^$/,
    reason: 'A text without a name asks for nothing; people read it.',
  },
  {
    kind: 'drop field',
    file: /fortnox-activate\.pug$/,
    target: /^language$/,
    reason:
      'Code of the result page reads it, and code is not searched for fields; test/browser/modes.test.ts opens that page in Swedish.',
  },
  {
    kind: 'renamed field',
    file: /fortnox-activate\.pug$/,
    target: /: name: 'language'$/,
    reason: 'As where it is dropped.',
  },
  {
    kind: 'renamed field',
    file: /fortnox-activate-result\.pug$/,
    target: /: name: 'outcome'$/,
    reason: 'The page of the result sends nothing, and nothing asks for what it shows by its name.',
  },
  {
    kind: 'drop field',
    file: /fortnox-activate-result\.pug$/,
    target: /^/,
    reason: 'The page of the result sends nothing; what it leaves out is not shown.',
  },
  {
    kind: 'drop element',
    file: /\.bpmn$/,
    target:
      /^camunda:inputParameter query in camunda:inputOutput of (read-settings|look-at-store)$/,
    reason:
      'The address is worked out by a script, for the list or for one record; whether it takes a query, only a run can tell.',
  },
  {
    kind: 'misspelled setting',
    file: /choose-(disconnect|grant|question)\.js$/,
    target: /^line \d+: _fortnox_access_token$/,
    reason:
      'It is the end of an address that a task puts together; test/flows/losses.flow.test.ts asks for it.',
  },
  {
    kind: 'misspelled setting',
    file: /read-settings\.js$/,
    target: /^line \d: /,
    reason: 'It stands in the comment at the top of the script.',
  },
  {
    kind: 'drop element',
    file: /refresh-schedule\.bpmn$/,
    target: /^camunda:(inputParameter (query|payload)|entry timeout) .* of run-refresh$/,
    reason:
      "A run without them has the Hub's own timeout and no input, which is all that the refresh flow needs.",
  },
  {
    kind: 'rename id',
    file: /\.bpmn$/,
    target: /<bpmn:(laneSet|errorEventDefinition|timerEventDefinition) /,
    reason: 'Nothing refers to it.',
  },
  {
    kind: 'drop field',
    file: /config\.json$/,
    target: /\.(title|name|description|tag|test|noninteractive)$/,
    reason:
      'The Hub shows the key where there is no name, groups by a tag where there is one, and takes false for the rest.',
  },
  {
    kind: 'empty',
    file: /config\.json$/,
    target: /\.(title|name|description)$/,
    reason: 'A text that people read: the Hub shows less, and works all the same.',
  },
  {
    kind: 'empty',
    file: /config\.json$/,
    target: /\.tag$/,
    reason: 'A tag groups the entries in the admin pages and nothing else.',
  },
];

/** @returns why a mutation does no harm; undefined where it does */
export function whyHarmless({ kind, file, target }: Mutation): string | undefined {
  return HARMLESS.find((one) => one.kind === kind && one.file.test(file) && one.target.test(target))
    ?.reason;
}
