import { changed, flowOf, ofFlow } from './build.js';
import type { Input, Topic } from './rows.js';

const ASKED = '${environment.variables.one}';
const OTHER = '${environment.variables.other}';

/** A flow with a gateway that leads to two tasks. */
const ways = (one: string, other: string, gateway = 'exclusiveGateway id="which"') =>
  flowOf(
    `    <bpmn:${gateway} />\n    <bpmn:task id="one" />\n    <bpmn:task id="other" />`,
    [`which->one${one && `:${one}`}`, `which->other${other && `:${other}`}`].concat([
      'asked->which',
      'one->done',
      'other->done',
    ]),
  );
const gateway = (...parts: Parameters<typeof ways>): Input => ofFlow(ways(...parts));
const DEFAULT = 'exclusiveGateway id="which" default="which-to-other"';
const asScript = (attributes: string, text: string, more: Input = {}): Input =>
  changed(
    ways('x', '', DEFAULT),
    '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">x<',
    `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" ${attributes}>${text}<`,
    more,
  );

const joined = (join: string, fork = 'parallelGateway id="fork"', condition = ''): Input =>
  ofFlow(
    flowOf(
      `    <bpmn:${fork} />
    <bpmn:task id="one" />
    <bpmn:task id="other" />
    <bpmn:${join} id="join" />`,
      ['asked->fork', `fork->one${condition}`, 'fork->other', 'one->join', 'other->join'].concat([
        'join->done',
      ]),
    ),
  );

/** Rules about gateways and conditions. */
export const flowGateway: Topic = {
  'parallel-join': {
    finds: {
      'an exclusive gateway behind a parallel one': joined('exclusiveGateway'),
    },
    nearMisses: {
      'a parallel gateway': joined('parallelGateway'),
      'a race, which ends with the first': {
        ...joined('exclusiveGateway'),
        'flows/order.bpmn': String(joined('exclusiveGateway')['flows/order.bpmn']).replace(
          '<bpmn:endEvent id="done" />',
          '<bpmn:endEvent id="done"><bpmn:terminateEventDefinition id="all" /></bpmn:endEvent>',
        ),
      },
      'an exclusive gateway behind an exclusive one': joined(
        'exclusiveGateway',
        'exclusiveGateway id="fork" default="fork-to-other"',
        `:${ASKED}`,
      ),
    },
  },
  'gateway-default': {
    finds: {
      'a condition on every way out': gateway(ASKED, OTHER),
      'the same at an inclusive gateway': gateway(ASKED, OTHER, 'inclusiveGateway id="which"'),
    },
    nearMisses: {
      'a default': gateway(ASKED, '', DEFAULT),
      'a last way that is always open': gateway(ASKED, '${true}'),
      'a gateway with one way out': ofFlow(
        flowOf('    <bpmn:exclusiveGateway id="which" />', [
          'asked->which',
          `which->done:${ASKED}`,
        ]),
      ),
    },
  },
  'conditional-flows': {
    finds: {
      'a way without a condition in front': gateway('', OTHER),
      'ways that are all without one': gateway('', ''),
      'one that is always open in front': gateway('${true}', OTHER),
      'one beside a default': gateway('', OTHER, DEFAULT),
    },
    nearMisses: {
      'one that stands last': gateway(ASKED, ''),
      'one that is always open and stands last': gateway(ASKED, '${true}'),
      'a default without one': gateway(ASKED, '', DEFAULT),
      'ways out of a parallel gateway': gateway('', '', 'parallelGateway id="which"'),
    },
  },
  'default-flow': {
    finds: {
      'a way that is not there': gateway(ASKED, OTHER, DEFAULT.replace('to-other', 'to-two')),
      'a way of another node': gateway(
        ASKED,
        OTHER,
        DEFAULT.replace(/which-to-other/, 'one-to-done'),
      ),
    },
    nearMisses: {
      'the default of a task': gateway(ASKED, '', 'task id="which" default="which-to-other"'),
    },
  },
  'condition-misplaced': {
    finds: {
      'a condition behind a parallel gateway': gateway(ASKED, '', 'parallelGateway id="which"'),
      'a default with a condition': gateway(ASKED, OTHER, DEFAULT),
      'a condition behind an event-based one': gateway(ASKED, '', 'eventBasedGateway id="which"'),
    },
    nearMisses: {
      'conditions behind an inclusive one': gateway(
        ASKED,
        '',
        DEFAULT.replace('exclusive', 'inclusive'),
      ),
    },
  },
  'condition-empty': {
    finds: {
      'a fixed text': gateway('true', '', DEFAULT),
      'an expression without its brackets': gateway('environment.output.ok', '', DEFAULT),
      'a script without a text': asScript('language="js"', ''),
    },
    nearMisses: {
      'an expression': gateway(ASKED, '', DEFAULT),
      'a script': asScript('language="js"', 'next(null, content.x);'),
      'a script in a file': asScript('language="js" camunda:resource="/scripts/x.js"', '', {
        'scripts/x.js': 'next(null, content.x);\n',
      }),
    },
  },
};
