import type { Mistake } from './mistake.js';
import { both, connect, cut, cutNode, swap } from './mistake.js';
import { REPORT } from './report.js';

const SHORT =
  '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="javascript">next(null, environment.output.weight > 100);</bpmn:conditionExpression>';
const condition = (text: string) =>
  `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${text}</bpmn:conditionExpression>`;
const report = (row: Omit<Mistake, 'in'>): Mistake => ({ in: REPORT, ...row });

/** Mistakes of gateways and sequence flows. */
export const gatewayMistakes: readonly Mistake[] = [
  report({
    name: 'a connection was deleted',
    edit: cut('fork-count-returns'),
    at: ['count-returns'],
    want: 'error',
    finds: 'no-implicit-start',
  }),
  report({
    name: 'the last connection was deleted',
    edit: cut('tell-told'),
    at: ['tell', 'told'],
    want: 'error',
    finds: 'no-disconnected',
  }),
  report({
    name: 'the default was deleted',
    edit: both(swap(' default="large-pause"', ''), cut('large-pause')),
    at: ['large', 'pause'],
    want: 'error',
    finds: 'no-implicit-start',
    engine: 'failed',
  }),
  report({
    name: 'every path has a condition',
    edit: both(
      swap(' default="large-pause"', ''),
      swap(
        'sourceRef="large" targetRef="pause" />',
        `sourceRef="large" targetRef="pause">${condition('${environment.output.short}')}</bpmn:sequenceFlow>`,
      ),
    ),
    at: ['large'],
    want: 'warning',
    finds: 'gateway-default',
    engine: 'failed',
  }),
  report({
    name: 'a path without a condition in front',
    edit: swap(SHORT, ''),
    at: ['large', 'large-shorten'],
    want: 'error',
    finds: 'conditional-flows',
    engine: 'differs',
  }),
  report({
    name: 'a condition as plain text',
    edit: swap(SHORT, condition('environment.output.weight > 100')),
    at: ['large-shorten'],
    want: 'error',
    finds: 'condition-empty',
    engine: 'differs',
  }),
  report({
    name: 'a comparison in an expression',
    edit: swap(SHORT, condition('${environment.output.weight > 5}')),
    at: ['large-shorten'],
    want: 'error',
    finds: 'expression-operator',
  }),
  report({
    name: 'a condition that never holds',
    edit: swap(SHORT, condition('${false}')),
    at: ['large-shorten', 'large'],
    want: 'error',
    finds: 'condition-constant',
  }),
  report({
    name: 'a condition script without its language',
    edit: swap(
      'language="javascript">next(null, environment.output.weight > 100)',
      '>next(null, environment.output.weight > 100)',
    ),
    at: ['large-shorten'],
    want: 'error',
    finds: 'condition-empty',
    engine: 'differs',
  }),
  report({
    name: 'a condition script without next',
    edit: swap('next(null, environment.output.weight > 100);', 'environment.output.weight > 100;'),
    at: ['large-shorten'],
    want: 'error',
    finds: 'script-next',
    engine: 'waiting',
  }),
  report({
    name: 'a condition script that returns',
    edit: swap(
      'next(null, environment.output.weight > 100);',
      'return environment.output.weight > 100;',
    ),
    at: ['large-shorten'],
    want: 'error',
    finds: 'script-syntax',
    engine: 'failed',
  }),
  report({
    name: 'a condition at a parallel gateway',
    edit: swap(
      'sourceRef="fork" targetRef="count-returns" />',
      `sourceRef="fork" targetRef="count-returns">${condition('${environment.variables.input}')}</bpmn:sequenceFlow>`,
    ),
    at: ['fork-count-returns', 'fork'],
    want: 'warning',
    finds: 'condition-misplaced',
    engine: 'differs',
  }),
  report({
    name: 'the wrong gateway splits',
    edit: both(
      swap('<bpmn:parallelGateway id="fork"', '<bpmn:exclusiveGateway id="fork"'),
      swap('</bpmn:parallelGateway>', '</bpmn:exclusiveGateway>'),
    ),
    at: ['fork', 'fork-count-orders', 'fork-count-returns', 'join'],
    want: 'error',
    finds: 'conditional-flows',
    engine: 'differs',
  }),
  report({
    name: "the default is another node's",
    edit: swap('default="large-pause"', 'default="pause-first"'),
    at: ['large'],
    want: 'error',
    finds: 'default-flow',
  }),
  report({
    name: 'a circle without a way out',
    edit: both(cut('tell-told'), connect('tell', 'large'), cutNode('endEvent', 'told')),
    at: ['tell', 'large', 'pause', 'report'],
    want: 'error',
    finds: 'no-endless-loop',
    engine: 'waiting',
  }),
  report({
    name: 'a connection into a sub-process',
    edit: swap('sourceRef="asked" targetRef="fork"', 'sourceRef="asked" targetRef="multiply"'),
    at: ['asked-fork'],
    want: 'error',
    finds: 'sequence-flow-ends',
    engine: 'waiting',
  }),
  report({
    name: 'a connection twice',
    edit: connect('large', 'shorten', 'large-shorten-again'),
    at: ['large', 'large-shorten', 'large-shorten-again'],
    want: 'warning',
    finds: 'conditional-flows',
    engine: 'differs',
  }),
  report({
    name: 'a second connection out of a task',
    edit: connect('tell', 'not-told'),
    at: ['tell', 'tell-told', 'tell-not-told'],
    want: 'warning',
    finds: 'no-implicit-split',
  }),
];
