import type { Found, Rule } from '../finding.js';
import type { Flow } from '../flow/model.js';
import { attribute } from '../flow/xml-query.js';
import type { Blueprint } from '../model.js';
import { whyMissing } from './reference.js';

const CALLS = /^(serviceTask|sendTask|businessRuleTask)$/;

/** Rules about tasks and the scripts that they name. */
export const taskRules: readonly Rule[] = [
  {
    id: 'task-empty',
    severity: 'error',
    why: 'A service task that calls nothing fails when it is reached.',
    flow: ({ nodes, at, connectors }) => {
      const calling = new Set(connectors.map(({ node }) => node));
      return nodes.flatMap((node): Found[] => {
        const hasExpression = attribute(node.xml, 'camunda:expression') !== undefined;
        if (CALLS.test(node.type) && !calling.has(node) && !hasExpression) {
          return [{ ...at(node.xml), message: 'This task calls nothing. Give it a connector.' }];
        }
        return [];
      });
    },
  },
  {
    id: 'event-empty',
    severity: 'error',
    why: 'An event in the middle that waits for nothing in particular waits for ever.',
    flow: ({ nodes, at }) =>
      nodes.flatMap((node): Found[] => {
        if (node.type !== 'intermediateCatchEvent' || node.events.length > 0) {
          return [];
        }
        return [
          {
            ...at(node.xml),
            message: 'This event waits for nothing. Give it a timer, a message or a signal.',
          },
        ];
      }),
  },
  {
    id: 'task-error-boundary',
    severity: 'warning',
    why: 'Without an error boundary event a failing call ends the flow with a text for programmers.',
    flow: ({ nodes, at }) => {
      const guarded = new Set(
        nodes.filter(({ events }) => events.includes('error')).map(({ attachedTo }) => attachedTo),
      );
      return nodes.flatMap((node): Found[] => {
        if (node.type !== 'serviceTask' || guarded.has(node.id)) {
          return [];
        }
        return [
          {
            ...at(node.xml),
            message: 'A failure here is not caught. Attach an error boundary event.',
          },
        ];
      });
    },
  },
  {
    id: 'script-format',
    severity: 'error',
    why: 'The Hub runs JavaScript only; a script in another format fails the flow when it is reached.',
    flow: ({ scripts, at }) =>
      scripts.flatMap(({ format, xml }): Found[] => {
        if (format === 'js' || format === 'javascript') {
          return [];
        }
        const message =
          format === undefined
            ? 'This script has no format. Set it to js.'
            : `The Hub does not run "${format}". Write it in JavaScript, and set the format to js.`;
        return [{ ...at(xml), message }];
      }),
  },
  {
    id: 'script-empty',
    severity: 'error',
    why: 'Without a script the task fails, and a parameter is left out.',
    flow: ({ scripts, at }) =>
      scripts.flatMap(({ body, resource, xml }): Found[] =>
        body === undefined && resource === undefined
          ? [{ ...at(xml), message: 'There is no script here, neither its text nor a resource.' }]
          : [],
      ),
  },
  {
    id: 'script-both',
    severity: 'warning',
    why: 'Of a text and a resource the Hub runs the text, and the file goes stale unseen.',
    flow: ({ scripts, at }) =>
      scripts.flatMap(({ body, resource, xml }): Found[] =>
        body !== undefined && resource !== undefined
          ? [{ ...at(xml), message: 'This script has a text and a resource. Keep one of them.' }]
          : [],
      ),
  },
  {
    id: 'script-resource',
    severity: 'error',
    why: 'A script that a flow names but that is not there fails the flow when it is reached.',
    flow: ({ scripts, at }, blueprint) =>
      scripts.flatMap(({ resource, xml }): Found[] => {
        if (resource === undefined || resource.includes('${')) {
          return [];
        }
        // The engine joins the path to its resources, so one without a slash is found as well.
        const problem = whyMissing(resource.startsWith('/') ? resource : `/${resource}`, blueprint);
        return problem === undefined
          ? []
          : [{ ...at(xml), message: `The script ${resource}: ${problem}` }];
      }),
  },
  {
    id: 'script-ignored',
    severity: 'error',
    why: 'The engine resolves no script inside a map or a list, so the value would be missing.',
    flow: ({ elements, at }) =>
      elements.flatMap((xml): Found[] => {
        if (
          xml.name !== 'camunda:script' ||
          !/^camunda:(entry|list|value)$/.test(xml.parent?.name ?? '')
        ) {
          return [];
        }
        return [
          {
            ...at(xml),
            message: 'A script in a map or list is not run. Give it a parameter of its own.',
          },
        ];
      }),
  },
  {
    id: 'script-unused',
    severity: 'warning',
    why: 'A script that no flow names is copied to the Hub and never run.',
    blueprint: ({ flows, scripts, locate }) => {
      if (flows.length === 0 || flows.some(({ hasDynamicScripts }) => hasDynamicScripts)) {
        return [];
      }
      const used = new Set(
        flows.flatMap(({ scripts: names }) => names.flatMap((name) => locate(name) ?? [])),
      );
      return [...scripts.keys()].flatMap((path): Found[] =>
        used.has(path)
          ? []
          : [{ file: path, message: 'No flow names this script. Name it, or take it out.' }],
      );
    },
  },
];

/** @returns the Hub paths of the script files that a flow names */
export function scriptFiles({ scripts }: Flow): string[] {
  return scripts.flatMap(({ resource, body }) =>
    resource !== undefined && body === undefined ? [resource] : [],
  );
}

/** @returns the facts of every script of a flow: those in it, and those of its script files */
export function allFacts(flow: Flow, { scripts, locate }: Blueprint) {
  const external = scriptFiles(flow).flatMap((name) => scripts.get(locate(name) ?? '') ?? []);
  return [...flow.inline.map(({ facts }) => facts), ...external];
}
