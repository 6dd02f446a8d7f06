import { flowFile } from '../draw.js';
import {
  call,
  end,
  failed,
  gateway,
  inputOutput,
  js,
  late,
  script,
  start,
  timer,
  wait,
} from '../parts.js';
import { alone, type Right } from './right.js';

const run = { 'flow.bpmn': { input: { amount: 12, items: ['a', 'b'] } } };
const next = (id: string) => script(id, 'next(null, 1);');

/** Right flows: gateways, events, sub-processes. */
export const rightFlows: Readonly<Record<string, Right>> = {
  'a path that is always open is the default': {
    naive: '${true} is constant; a gateway has no default',
    files: alone(
      flowFile({
        id: 'always-open',
        nodes: [
          start(),
          gateway('how-much'),
          next('large'),
          next('small'),
          gateway('again'),
          end(),
        ],
        ways: [
          'started -> how-much',
          'how-much -> large ? js: next(null, environment.variables.input.amount > 100);',
          'how-much -> small ? ${true}',
          'large -> again',
          'small -> again',
          'again -> how-much ? js: next(null, environment.variables.input.amount > 500);',
          'again -> done',
        ],
      }),
    ),
    runs: run,
  },
  'tasks that decide by themselves': {
    naive: 'conditions stand at gateways only; two ways leave a task',
    files: alone(
      flowFile({
        id: 'task-decides',
        nodes: [
          start(),
          {
            ...script('judge', 'environment.output.ok = true;\nnext();'),
            attributes: 'scriptFormat="js" default="judge-no"',
          },
          end('no'),
          end('yes'),
        ],
        ways: ['started -> judge', 'judge -> yes ? ${environment.output.ok}', 'judge -> no'],
      }),
    ),
    runs: run,
  },
  'waits and goes round': {
    naive: 'nothing leads out of the circle; the gateway merges and splits',
    files: alone(
      flowFile({
        id: 'goes-round',
        nodes: [
          start(),
          gateway('meet'),
          script(
            'count',
            'environment.output.round = (environment.output.round ?? 0) + 1;\nnext();',
          ),
          gateway('enough', 'pause'),
          wait('pause', 'PT0.01S'),
          end(),
        ],
        ways: [
          'started -> meet',
          'meet -> count',
          'count -> enough',
          'enough -> done ? js: next(null, environment.output.round > 2);',
          'enough -> pause',
          'pause -> meet',
        ],
      }),
    ),
    runs: run,
    output: { round: 3 },
  },
  'what comes first': {
    naive: 'the message or signal is sent by nobody',
    files: alone(
      flowFile({
        id: 'what-comes-first',
        before: '<bpmn:signal id="Signal_1" name="Stop" />',
        nodes: [
          start(),
          { type: 'eventBasedGateway', id: 'first' },
          {
            type: 'intermediateCatchEvent',
            id: 'stopped',
            inner: '<bpmn:signalEventDefinition id="stop" signalRef="Signal_1" />',
          },
          wait('over', 'PT0.01S'),
          end(),
        ],
        ways: [
          'started -> first',
          'first -> stopped',
          'first -> over',
          'stopped -> done',
          'over -> done',
        ],
      }),
    ),
    runs: run,
  },
  'side by side, and one of several': {
    naive: 'paths without conditions leave a gateway; an inclusive gateway is not supported',
    files: alone(
      flowFile({
        id: 'side-by-side',
        nodes: [
          start(),
          gateway('fork', undefined, 'parallelGateway'),
          next('left'),
          next('right'),
          gateway('join', undefined, 'parallelGateway'),
          gateway('any', 'plain', 'inclusiveGateway'),
          next('plain'),
          next('extra'),
          end(),
        ],
        ways: [
          'started -> fork',
          'fork -> left',
          'fork -> right',
          'left -> join',
          'right -> join',
          'join -> any',
          'any -> plain',
          'any -> extra ? ${environment.variables.input.amount}',
          'plain -> done',
          'extra -> done',
        ],
      }),
    ),
    runs: run,
  },
  'links, throws and a full stop': {
    naive: 'the link catch event is reached by nothing, and the throw leads nowhere',
    files: alone(
      flowFile({
        id: 'links',
        nodes: [
          start(),
          {
            type: 'intermediateThrowEvent',
            id: 'go',
            inner: '<bpmn:linkEventDefinition id="go-link" name="onward" />',
          },
          {
            type: 'intermediateCatchEvent',
            id: 'come',
            inner: '<bpmn:linkEventDefinition id="come-link" name="onward" />',
          },
          { type: 'task', id: 'nothing-to-do' },
          {
            type: 'endEvent',
            id: 'stop',
            inner: '<bpmn:terminateEventDefinition id="stop-all" />',
          },
        ],
        ways: ['started -> go', 'come -> nothing-to-do', 'nothing-to-do -> stop'],
      }),
    ),
    runs: run,
  },
  'a reminder beside a call': {
    naive: 'the boundary timer has no way back; the call is interrupted',
    files: alone(
      flowFile({
        id: 'reminder',
        nodes: [
          start(),
          call('ask', {
            inputs: { url: 'https://example.com/slow', responseType: 'json' },
            taskOutputs: { answer: '${content.output.body.id}' },
          }),
          failed(
            'ask',
            inputOutput(
              {},
              {
                problem: js(
                  'next(null, content.output?.inner?.message ?? content.output?.message);',
                ),
              },
            ),
          ),
          late('ask', 'PT5M', 'cancelActivity="false"'),
          end('reminded'),
          end('gave-up'),
          end(),
        ],
        ways: ['started -> ask', 'ask -> done', 'ask-late -> reminded', 'ask-failed -> gave-up'],
      }),
    ),
    runs: run,
    output: { answer: 7 },
  },
  'a schedule of its own': {
    naive: 'the flow waits for a timer when it is run',
    files: alone(
      flowFile({
        id: 'nightly',
        nodes: [
          {
            type: 'startEvent',
            id: 'at-night',
            inner:
              '<bpmn:timerEventDefinition id="night"><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">0 3 * * *</bpmn:timeCycle></bpmn:timerEventDefinition>',
          },
          next('tidy'),
          end(),
        ],
        ways: ['at-night -> tidy', 'tidy -> done'],
      }),
    ),
  },
  'timers that are made by an expression': {
    naive: 'the duration is no ISO 8601 duration',
    files: alone(
      flowFile({
        id: 'made-timer',
        nodes: [
          start(),
          {
            type: 'intermediateCatchEvent',
            id: 'pause',
            inner: timer('pause-timer', '${environment.variables.input.pause}'),
          },
          end(),
        ],
        ways: ['started -> pause', 'pause -> done'],
      }),
    ),
    runs: { 'flow.bpmn': { input: { pause: 'PT0.01S' } } },
  },
};
