import type { Mutation } from './mutation.js';

/** Mutations that no rule has to find, each with the reason why it does no harm. */
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
    target: /^bpmn:flowNodeRef .*-(failed|timed-out) /,
    reason: 'A boundary event is drawn on its task, in whichever lane that is.',
  },
  {
    kind: 'drop element',
    file: /\.bpmn$/,
    target: /^camunda:outputParameter happened .* of .*-(failed|timed-out)$/,
    reason: 'The scripts take a call that tells nothing of itself for one that failed.',
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
    target: /\.tag$/,
    reason: 'A tag groups the entries in the admin pages and nothing else.',
  },
];

/** @returns why a mutation does no harm; undefined where it does */
export function whyHarmless({ kind, file, target }: Mutation): string | undefined {
  return HARMLESS.find((one) => one.kind === kind && one.file.test(file) && one.target.test(target))
    ?.reason;
}
