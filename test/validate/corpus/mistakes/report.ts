import type { Files } from '../../blueprint.js';
import { flowFile } from '../draw.js';
import { end, gateway, inputOutput, late, script, start, timer, wait } from '../parts.js';

/** Where the mistakes of gateways and events are made. */
export const REPORT = 'report.bpmn';

/** A flow of gateways, events and a sub-process: right as it stands. */
export const report: Files = {
  'README.md': '# Report\n\nDeploy it from Camunda Modeler.\n',
  [REPORT]: flowFile({
    id: 'report',
    before:
      '<bpmn:signal id="Signal_1" name="Enough" />\n<bpmn:error id="Error_1" name="Broken" errorCode="BROKEN" />',
    nodes: [
      start('asked'),
      gateway('fork', undefined, 'parallelGateway'),
      script('count-orders', 'environment.output.orders = 3;\nnext();'),
      script('count-returns', 'environment.output.returns = 1;\nnext();'),
      gateway('join', undefined, 'parallelGateway'),
      {
        type: 'subProcess',
        id: 'weigh',
        extension: inputOutput(
          { orders: '${environment.output.orders}' },
          { weight: '${content.output.weight}' },
        ),
        nodes: [
          start('weigh-begun'),
          script(
            'multiply',
            'environment.output.weight = environment.variables.content.input.orders * 2;\nnext();',
          ),
          gateway('sane', 'weigh-over'),
          {
            type: 'endEvent',
            id: 'broken',
            inner: '<bpmn:errorEventDefinition id="breaks" errorRef="Error_1" />',
          },
          end('weigh-over'),
        ],
        ways: [
          'weigh-begun -> multiply',
          'multiply -> sane',
          'sane -> broken ? js: next(null, environment.output.weight > 1000);',
          'sane -> weigh-over',
        ],
      },
      {
        type: 'boundaryEvent',
        id: 'weigh-failed',
        attributes: 'attachedToRef="weigh"',
        inner: '<bpmn:errorEventDefinition id="weigh-error" errorRef="Error_1" />',
      },
      late('weigh', 'PT1M'),
      gateway('large', 'pause'),
      script('shorten', 'environment.output.short = true;\nnext();'),
      wait('pause', 'PT0.01S'),
      { type: 'eventBasedGateway', id: 'first' },
      {
        type: 'intermediateCatchEvent',
        id: 'enough',
        inner: '<bpmn:signalEventDefinition id="enough-signal" signalRef="Signal_1" />',
      },
      { type: 'intermediateCatchEvent', id: 'over', inner: timer('over-timer', 'PT0.01S') },
      script('tell', 'next(null, environment.output.weight);'),
      end('told'),
      script('give-up', "next(new Error('The report failed.'));"),
      end('not-told'),
    ],
    ways: [
      'asked -> fork',
      'fork -> count-orders',
      'fork -> count-returns',
      'count-orders -> join',
      'count-returns -> join',
      'join -> weigh',
      'weigh -> large',
      'weigh-failed -> give-up',
      'weigh-late -> give-up',
      'large -> shorten ? js: next(null, environment.output.weight > 100);',
      'large -> pause',
      'pause -> first',
      'first -> enough',
      'first -> over',
      'shorten -> tell',
      'enough -> tell',
      'over -> tell',
      'tell -> told',
      'give-up -> not-told',
    ],
  }),
};
