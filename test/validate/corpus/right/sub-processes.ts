import { flowFile } from '../draw.js';
import { call, end, failed, inputOutput, js, script, start } from '../parts.js';
import { alone, type Right } from './right.js';

const run = { 'flow.bpmn': { input: { amount: 12, items: ['a', 'b'] } } };
const next = (id: string) => script(id, 'next(null, 1);');

/** Right sub-processes. */
export const rightSubProcesses: Readonly<Record<string, Right>> = {
  'an empty sub-process': {
    naive: 'it never ends, it has no start, it is broken: three findings and not one',
    files: alone(
      flowFile({
        id: 'hollow',
        nodes: [start(), { type: 'subProcess', id: 'later' }, end()],
        ways: ['started -> later', 'later -> done'],
      }),
    ),
    runs: run,
    told: ['sub-process-empty'],
  },
  'a sub-process without events': {
    naive: 'it has no start event and no end event',
    files: alone(
      flowFile({
        id: 'bare-inside',
        nodes: [
          start(),
          {
            type: 'subProcess',
            id: 'inside',
            nodes: [next('first'), next('second')],
            ways: ['first -> second'],
          },
          end(),
        ],
        ways: ['started -> inside', 'inside -> done'],
      }),
    ),
    runs: run,
  },
  'a sub-process that catches for all in it': {
    naive: 'the call in it has no error boundary event',
    files: alone(
      flowFile({
        id: 'catching',
        nodes: [
          start(),
          {
            type: 'subProcess',
            id: 'inside',
            nodes: [
              start('inside-begun'),
              call('fetch', { inputs: { url: 'https://example.com/orders' } }),
              script('judge', "next(new Error('It is too late.'));"),
              end('inside-over'),
            ],
            ways: ['inside-begun -> fetch', 'fetch -> judge', 'judge -> inside-over'],
          },
          failed('inside'),
          script('note', 'environment.output.caught = true;\nnext();'),
          end(),
        ],
        ways: ['started -> inside', 'inside -> done', 'inside-failed -> note', 'note -> done'],
      }),
    ),
    runs: run,
    output: { caught: true },
  },
  "inputs of a sub-process see the parent's output": {
    naive: 'nothing puts total into the output of the sub-process',
    files: alone(
      flowFile({
        id: 'handing-in',
        nodes: [
          start(),
          script('sum', 'environment.output.total = 12;\nnext();'),
          {
            type: 'subProcess',
            id: 'inside',
            extension: inputOutput(
              {
                total: '${environment.output.total}',
                twice: js('next(null, environment.output.total * 2);'),
              },
              { result: '${content.output.result}' },
            ),
            nodes: [
              start('inside-begun'),
              script(
                'use',
                'const { total, twice } = environment.variables.content.input;\nenvironment.output.result = total + twice;\nnext();',
              ),
              end('inside-over'),
            ],
            ways: ['inside-begun -> use', 'use -> inside-over'],
          },
          end(),
        ],
        ways: ['started -> sum', 'sum -> inside', 'inside -> done'],
      }),
    ),
    runs: run,
    output: { total: 12, result: 36 },
  },
  'a sub-process once for every item': {
    naive: 'item comes from nowhere',
    files: alone(
      flowFile({
        id: 'every-item',
        nodes: [
          start(),
          {
            type: 'subProcess',
            id: 'each',
            inner:
              '<bpmn:multiInstanceLoopCharacteristics isSequential="true" camunda:collection="${environment.variables.input.items}" camunda:elementVariable="item" />',
            nodes: [
              start('each-begun'),
              script(
                'use',
                'environment.output.seen = environment.variables.content.item;\nnext();',
              ),
              end('each-over'),
            ],
            ways: ['each-begun -> use', 'use -> each-over'],
          },
          end(),
        ],
        ways: ['started -> each', 'each -> done'],
      }),
    ),
    runs: run,
  },
  'an error that the flow throws itself': {
    naive: 'the error end event is caught by nobody',
    files: alone(
      flowFile({
        id: 'own-error',
        before: '<bpmn:error id="Error_1" name="Refused" errorCode="REFUSED" />',
        nodes: [
          start(),
          {
            type: 'subProcess',
            id: 'try',
            nodes: [
              start('try-started'),
              {
                type: 'endEvent',
                id: 'refused',
                inner: '<bpmn:errorEventDefinition id="refusal" errorRef="Error_1" />',
              },
            ],
            ways: ['try-started -> refused'],
          },
          {
            type: 'boundaryEvent',
            id: 'try-failed',
            attributes: 'attachedToRef="try"',
            inner: '<bpmn:errorEventDefinition id="caught" errorRef="Error_1" />',
          },
          end('handled'),
          end(),
        ],
        ways: ['started -> try', 'try -> done', 'try-failed -> handled'],
      }),
    ),
    runs: run,
  },
};
