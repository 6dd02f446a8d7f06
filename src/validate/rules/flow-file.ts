import type { Found, Rule } from '../finding.js';
import { attribute } from '../flow/xml-query.js';

/** Rules about a flow as a file: XML, BPMN, the process. */
export const flowFileRules: readonly Rule[] = [
  {
    id: 'xml-readable',
    severity: 'error',
    why: 'A flow that is no well-formed XML does not load, or loads in part.',
    flow: ({ document }) => document.problems,
  },
  {
    id: 'bpmn-readable',
    severity: 'error',
    why: 'A flow that can be read only in part runs in part.',
    flow: ({ problems, document }) => {
      // Where the XML is broken already, moddle says the same in other words.
      if (document.problems.length > 0) {
        return [];
      }
      if (document.root && document.root.name !== 'bpmn:definitions') {
        return [
          { line: 1, column: 1, message: 'This is no BPMN: it must begin with bpmn:definitions.' },
        ];
      }
      return problems;
    },
  },
  {
    id: 'process-executable',
    severity: 'error',
    why: 'The Hub runs the one process of a flow that is marked as executable.',
    flow: ({ processes, at, document }) => {
      if (document.root?.name !== 'bpmn:definitions') {
        return [];
      }
      const executable = processes.filter(
        (process) => attribute(process, 'isExecutable') === 'true',
      );
      if (executable.length === 1) {
        return [];
      }
      const [first, second] = executable;
      if (first && second) {
        const message =
          'A flow must have one executable process only. Move this one to a flow of its own.';
        return [{ ...at(second), message }];
      }
      const [process] = processes;
      if (!process) {
        return [{ line: 1, column: 1, message: 'There is no process in this flow.' }];
      }
      return [
        { ...at(process), message: 'No process is executable. Set isExecutable to true on one.' },
      ];
    },
  },
  {
    id: 'element-id',
    severity: 'error',
    why: 'An element without an id of its own is mixed up with another one, or not found at all.',
    flow: ({ elements, at }) => {
      const seen = new Set<string>();
      return elements.flatMap((element): Found[] => {
        const id = element.attributes.id?.trim();
        if (id !== undefined && id !== '') {
          if (!seen.has(id)) {
            seen.add(id);
            return [];
          }
          return [
            { ...at(element), message: `The id ${id} is there twice. Give each element its own.` },
          ];
        }
        const needsId = /^bpmn:(process|subProcess|sequenceFlow|\w*[tT]ask|\w+Event|\w+Gateway)$/;
        if (!needsId.test(element.name)) {
          return [];
        }
        return [
          {
            ...at(element),
            message: `This ${element.name} has no id. Give it one that says what it does.`,
          },
        ];
      });
    },
  },
  {
    id: 'element-unsupported',
    severity: 'error',
    why: 'The Hub runs no call activities, no external tasks and no Java, and ignores retries of jobs and asynchronous continuations.',
    flow: ({ elements, at }) =>
      elements.flatMap((element): Found[] => {
        const { name, attributes } = element;
        const fails = whyItFails(name, attributes);
        if (fails !== undefined) {
          return [{ ...at(element), message: fails }];
        }
        const ignored = whyItIsIgnored(name, attributes);
        return ignored === undefined
          ? []
          : [{ ...at(element), message: ignored, severity: 'warning' }];
      }),
  },
];

const ASYNC = ['camunda:asyncBefore', 'camunda:asyncAfter', 'camunda:async'];
const JAVA = ['camunda:class', 'camunda:delegateExpression'];

function whyItFails(
  name: string,
  attributes: Readonly<Record<string, string>>,
): string | undefined {
  if (name === 'bpmn:callActivity') {
    return 'The Hub runs no call activities. Run the other flow with onifyApiRequest and POST /my/workflows/run/KEY.';
  }
  if (name === 'bpmn:complexGateway') {
    return 'The engine knows no complex gateways. Use an exclusive, inclusive or parallel one.';
  }
  if (JAVA.some((key) => key in attributes)) {
    return 'The Hub runs no Java. Use a connector or a script.';
  }
  if (attributes['camunda:type'] === 'external') {
    return 'The Hub has no external tasks. Use a connector.';
  }
  return undefined;
}

function whyItIsIgnored(
  name: string,
  attributes: Readonly<Record<string, string>>,
): string | undefined {
  if (name === 'camunda:failedJobRetryTimeCycle') {
    return 'The Hub does not retry jobs. Draw the retry: a gateway and a timer event that lead back.';
  }
  if (name === 'camunda:taskListener') {
    return 'The Hub calls no task listeners. Use an execution listener.';
  }
  if (ASYNC.some((key) => attributes[key] === 'true')) {
    return 'The Hub does not continue flows asynchronously. Take that mark off.';
  }
  return undefined;
}
