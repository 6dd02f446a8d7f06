import { repeated } from '../flow/state.js';
import { attribute, isTrue } from '../flow/xml-query.js';
import { each, type Found, rulesOf } from '../rule.js';
import type { XmlElement } from '../source/xml.js';
import { problem } from '../text.js';

const START = { line: 1, column: 1 };
const MAX_SHOWN = 3;
const NEEDS_ID = /^bpmn:(process|subProcess|sequenceFlow|\w*[tT]ask|\w+Event|\w+Gateway)$/;

/** Rules about a flow as a file: XML, BPMN, the process. */
export const flowFileRules = rulesOf({
  'xml-readable': {
    error: 'A flow that is not well-formed XML does not load, or loads in part.',
    // What comes after the first few is most likely their consequence.
    anyFlow: ({ document }) => document.problems.slice(0, MAX_SHOWN),
  },
  'bpmn-readable': {
    error: 'A flow that can be read only in part runs in part.',
    flow: ({ problems, document, elements }) => {
      if (document.root && document.root.name !== 'bpmn:definitions') {
        return [problem(START, 'This is not BPMN: it must begin with bpmn:definitions.')];
      }
      // Of two elements with one id moddle does not read the second.
      const second = new Set(repeated(elements).map(({ start }) => document.lines.at(start).line));
      return problems.filter(({ line = 0 }) => !second.has(line));
    },
  },
  'process-executable': {
    error: 'The Hub runs the one process of a flow that is marked as executable.',
    flow: ({ processes, at, document }) => {
      const [first, second] = processes.filter((process) => isTrue(process, 'isExecutable'));
      if (document.root?.name !== 'bpmn:definitions' || (first && !second)) {
        return [];
      }
      if (second) {
        const message =
          'A flow can have only one executable process. Move this one to a flow of its own.';
        return [at(second, message)];
      }
      const [process] = processes;
      return [
        process
          ? at(process, 'No process is executable. Set isExecutable to true on one.')
          : problem(START, 'There is no process in this flow. Draw one.'),
      ];
    },
  },
  'element-id': {
    error: 'An element without an id of its own is mixed up with another one, or not found at all.',
    flow: ({ elements, at }) => {
      const second = new Set(repeated(elements));
      return elements.map((xml): Found => {
        const id = attribute(xml, 'id');
        if (id === undefined) {
          const message = `This ${xml.name} has no id. Give it one that says what it does.`;
          return NEEDS_ID.test(xml.name) && at(xml, message);
        }
        return (
          second.has(xml) && at(xml, `The id "${id}" is used twice. Give each element its own.`)
        );
      });
    },
  },
  'no-complex-gateway': {
    error: 'The engine does not run complex gateways.',
    flow: each('nodes', ({ type, xml }, { at }) => {
      const message = 'Use an exclusive, inclusive or parallel gateway in place of a complex one.';
      return type === 'complexGateway' && at(xml, message);
    }),
  },
  'element-unsupported': {
    error:
      'The Hub runs no call activities, no external tasks and no Java, and ignores retries of jobs and asynchronous continuations.',
    flow: each('elements', (xml, { at }) => {
      const { message, severity } = UNSUPPORTED.find(({ matches }) => matches(xml)) ?? {};
      return message !== undefined && at(xml, message, severity);
    }),
  },
});

interface Unsupported {
  readonly matches: (xml: XmlElement) => boolean;
  readonly message: string;
  /** Where the Hub only ignores it. */
  readonly severity?: 'warning';
}

const UNSUPPORTED: readonly Unsupported[] = [
  {
    matches: ({ name }) => name === 'bpmn:callActivity',
    message:
      'The Hub runs no call activities. Run the other flow with onifyApiRequest and POST /my/workflows/run/KEY.',
  },
  {
    matches: ({ attributes }) =>
      'camunda:class' in attributes || 'camunda:delegateExpression' in attributes,
    message: 'The Hub runs no Java. Use a connector or a script.',
  },
  {
    matches: ({ attributes }) => attributes['camunda:type'] === 'external',
    message: 'The Hub has no external tasks. Use a connector.',
  },
  {
    matches: ({ name }) => name === 'camunda:failedJobRetryTimeCycle',
    message:
      'The Hub does not retry jobs. Draw the retry: a gateway and a timer event that lead back.',
    severity: 'warning',
  },
  {
    matches: ({ name }) => name === 'camunda:taskListener',
    message: 'The Hub calls no task listeners. Use an execution listener.',
    severity: 'warning',
  },
  {
    matches: ({ attributes }) =>
      ['asyncBefore', 'asyncAfter', 'async'].some((key) => attributes[`camunda:${key}`] === 'true'),
    message: 'The Hub does not continue flows asynchronously. Remove that mark.',
    severity: 'warning',
  },
];
