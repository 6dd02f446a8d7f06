import { whyMissing } from '../blueprint.js';
import type { FlowNode } from '../flow/model.js';
import { attribute } from '../flow/xml-query.js';
import { each, type Found, rulesOf } from '../rule.js';
import { problem } from '../text.js';

const MAX_NAMED = 5;

/** Attributes by which a task runs something that the Hub does not have. */
const FOREIGN = ['camunda:class', 'camunda:delegateExpression', 'camunda:type'];

/** What a listener can listen to; take is of sequence flows. */
const LISTENED = ['start', 'end', 'take'];

/** Rules about tasks and the scripts that they name. */
export const taskRules = rulesOf({
  'task-empty': {
    error: 'A service task that calls nothing fails when it is reached.',
    flow: ({ nodes, at, connectors }) => {
      const calling = new Set(connectors.map(({ node }) => node));
      return nodes.map((node): Found => {
        const calls =
          calling.has(node) ||
          attribute(node.xml, 'camunda:expression') !== undefined ||
          attribute(node.xml, 'implementation')?.startsWith('${') === true;
        const mustCall = /^(serviceTask|sendTask|businessRuleTask)$/.test(node.type);
        // What the Hub does not run has a rule of its own.
        const isForeign = FOREIGN.some((name) => attribute(node.xml, name) !== undefined);
        const message = 'This task calls nothing. Give it a connector.';
        return mustCall && !calls && !isForeign && at(node.xml, message);
      });
    },
  },
  'event-empty': {
    error: 'An event in the middle that waits for nothing in particular waits for ever.',
    flow: each('nodes', ({ type, events, xml }, { at }) => {
      const isEmpty = type === 'intermediateCatchEvent' && events.length === 0;
      const message = 'This event waits for nothing. Give it a timer, a message or a signal.';
      return isEmpty && at(xml, message);
    }),
  },
  'task-error-boundary': {
    warning:
      'Without an error boundary event a failing call ends the flow with a message meant for programmers.',
    wholeFlow: ({ nodes, at }) => {
      const catching = nodes.filter(({ events }) => events.includes('error'));
      const guarded = new Set(catching.map(({ attachedTo }) => attachedTo));
      const calls = nodes.filter(({ type }) => type === 'serviceTask');
      const owners = new Map(nodes.map((node) => [node.xml, node]));
      // What fails in a sub-process can be caught at it.
      const isCaught = (node: FlowNode | undefined): boolean =>
        node !== undefined && (guarded.has(node.id) || isCaught(owners.get(node.scope)));
      const [first, ...others] = calls.filter((call) => !isCaught(call));
      if (!first) {
        return [];
      }
      const uncaught = [first, ...others];
      const names = uncaught.slice(0, MAX_NAMED).map(({ id }) => id);
      const more = uncaught.length > MAX_NAMED ? ', …' : '';
      const message =
        others.length === 0
          ? 'A failure here is not caught. Attach an error boundary event.'
          : `${uncaught.length} of ${calls.length} calls are not caught: ${names.join(', ')}${more}. Attach an error boundary event to each.`;
      return [{ ...at(first.xml, message), others: others.map(({ id }) => id) }];
    },
  },
  'listener-event': {
    error: 'A listener of an event that elements do not have is never called.',
    flow: each('elements', (xml, { at }) => {
      const event = attribute(xml, 'event') ?? '';
      const isListener = xml.name === 'camunda:executionListener';
      const message = `There is no event "${event}". Use start, end or take.`;
      return isListener && !LISTENED.includes(event) && at(xml, message);
    }),
  },
  'script-format': {
    error:
      'The Hub runs JavaScript only; a script in another format fails the flow when it is reached.',
    flow: each('scripts', ({ format, xml }, { at }) => {
      const message =
        format === undefined
          ? 'This script has no format. Set it to js.'
          : `The Hub does not run "${format}". Write it in JavaScript, and set the format to js.`;
      return format !== 'js' && format !== 'javascript' && at(xml, message);
    }),
  },
  'script-empty': {
    error: 'Without a script the task fails, and a parameter is left out.',
    flow: each('scripts', ({ body, resource, xml }, { at }) => {
      const message = 'There is no script here, neither its text nor a resource.';
      // A condition without a script has a rule of its own.
      const isCondition = xml.name === 'bpmn:conditionExpression';
      return !isCondition && body === undefined && resource === undefined && at(xml, message);
    }),
  },
  'script-both': {
    warning:
      'The Hub runs the text of a script that has a resource too, and the file goes stale unnoticed.',
    flow: each('scripts', ({ body, resource, xml }, { at }) => {
      const message = 'This script has a text and a resource. Keep one of them.';
      return body !== undefined && resource !== undefined && at(xml, message);
    }),
  },
  'script-resource': {
    error: 'A script that a flow names but that is not there fails the flow when it is reached.',
    flow: each('scripts', ({ resource, xml }, { at }, blueprint) => {
      if (resource === undefined || resource.includes('${')) {
        return false;
      }
      // The engine joins the path to its resources, so one without a slash is found as well.
      const reason = whyMissing(resource.startsWith('/') ? resource : `/${resource}`, blueprint);
      return reason !== undefined && at(xml, `The script ${resource}: ${reason}`);
    }),
  },
  'script-ignored': {
    error: 'The engine resolves no script inside a map or a list, so the value would be missing.',
    flow: each('elements', (xml, { at }) => {
      const isInside = /^camunda:(entry|list|value)$/.test(xml.parent?.name ?? '');
      const message = 'A script in a map or list is not run. Give it a parameter of its own.';
      return xml.name === 'camunda:script' && isInside && at(xml, message);
    }),
  },
  'script-unused': {
    warning: 'A script that no flow names is copied to the Hub and never run.',
    blueprint: ({ flows, scripts, locate }) => {
      const isSure = flows.length > 0 && !flows.some((flow) => flow.hasDynamicScripts);
      const used = new Set(
        flows.flatMap((flow) => flow.scripts.flatMap((name) => locate(name) ?? [])),
      );
      return (isSure ? [...scripts.keys()] : []).map((file): Found => {
        const message = 'No flow names this script. Name it, or remove it.';
        return !used.has(file) && problem({ file }, message);
      });
    },
  },
});
