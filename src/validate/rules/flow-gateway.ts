import type { Edge, FlowNode } from '../flow/model.js';
import { attribute } from '../flow/xml-query.js';
import { each, type Found, rulesOf } from '../rule.js';

/** Rules about gateways and conditions. */
export const flowGatewayRules = rulesOf({
  'gateway-default': {
    warning:
      'Where no condition holds and there is no default flow, the process fails at the gateway.',
    wholeFlow: each('nodes', (node, { at }) => {
      const isOpen = node.outgoing.some(isAlwaysOpen);
      const message =
        'Every branch has a condition. Make one the default, for when none of them holds.';
      return isFork(node) && defaultOf(node) === undefined && !isOpen && at(node.xml, message);
    }),
  },
  'conditional-flows': {
    warning:
      'A branch without a condition is always taken, so the branches after it are not decided but guessed.',
    wholeFlow: each('nodes', (node, { at }) => {
      if (node.type === 'exclusiveGateway') {
        return swallowing(node).map(({ xml }) => at(xml, SWALLOWS, 'error'));
      }
      const isConditional =
        defaultOf(node) !== undefined || node.outgoing.some(({ condition }) => condition);
      const asks = isFork(node) || (isConditional && !/Gateway$/.test(node.type));
      return node.outgoing.map(({ id, xml, condition }): Found => {
        const message = 'This branch has no condition. Give it one, or make it the default.';
        return asks && id !== defaultOf(node) && !condition && at(xml, message);
      });
    }),
  },
  'parallel-join': {
    warning:
      'An exclusive gateway lets each branch of a parallel one through, so what follows runs twice.',
    wholeFlow: each('nodes', (node, { at }) => {
      if (node.type !== 'exclusiveGateway' || node.incoming.length < 2) {
        return false;
      }
      const forks = node.incoming.map(forkBefore);
      const [fork] = forks;
      // Where the first to come ends all others, it is a race and nothing runs twice.
      const isRace = node.outgoing.every(({ target }) => target?.events.includes('terminate'));
      const isJoin = fork !== undefined && forks.every((one) => one === fork) && !isRace;
      const message = `All branches of ${fork?.id} come together here. Use a parallel gateway, which waits for them.`;
      return isJoin && at(node.xml, message);
    }),
  },
  'default-flow': {
    error: 'A default that does not leave its node is never taken.',
    wholeFlow: each('nodes', (node, { at }) => {
      const id = defaultOf(node);
      const isOwn = id === undefined || node.outgoing.some((edge) => edge.id === id);
      return (
        !isOwn && at(node.xml, `The default ${id} is not a sequence flow that leaves this node.`)
      );
    }),
  },
  'condition-misplaced': {
    warning:
      'A parallel or event-based gateway and a default flow ask no condition, whatever it says.',
    flow: each('nodes', (node, { at }) => {
      const asksNone = /^(parallel|eventBased)Gateway$/.test(node.type);
      return node.outgoing.map(({ id, xml, condition }): Found => {
        if (!condition) {
          return false;
        }
        const isDefault = isFork(node) && id === defaultOf(node);
        return asksNone
          ? at(xml, 'This condition is never asked. Use an exclusive or inclusive gateway.')
          : isDefault && at(xml, 'The condition of a default is never asked. Remove it.');
      });
    }),
  },
  'condition-empty': {
    error:
      'A condition that is fixed decides nothing: any text without an expression counts as true.',
    flow: each('edges', ({ xml, condition }, { at }) => {
      if (!condition) {
        return false;
      }
      if (attribute(condition, 'language') === undefined) {
        const message =
          'This condition is not an expression. Write it as ${…}, or as a script with its language.';
        return !condition.text.includes('${') && at(xml, message);
      }
      const hasResource = ['resource', 'camunda:resource'].some((name) =>
        attribute(condition, name),
      );
      const isEmpty = condition.text.trim() === '' && !hasResource;
      return isEmpty && at(xml, 'This condition has no script. Write one, or name its file.');
    }),
  },
});

const SWALLOWS =
  'This branch is always taken, so no other one after it is. Give it a condition, or make it the default.';

const MAX_STEPS = 20;

/** The parallel gateway that a branch comes straight out of. */
function forkBefore({ source }: Edge): FlowNode | undefined {
  let node = source;
  for (let steps = 0; node && steps < MAX_STEPS; steps += 1) {
    if (node.type === 'parallelGateway') {
      return node.outgoing.length > 1 ? node : undefined;
    }
    if (node.incoming.length !== 1 || node.outgoing.length !== 1) {
      return undefined;
    }
    node = node.incoming[0]?.source;
  }
  return undefined;
}

/** The branch of an exclusive gateway that is taken before another one is looked at: the engine goes by their order. */
function swallowing(node: FlowNode): Edge[] {
  const branches = node.outgoing.filter(({ id }) => id !== defaultOf(node));
  const first = branches.findIndex(isAlwaysOpen);
  const edge = branches[first];
  // The last one stands for the default.
  const isLast = first === branches.length - 1 && branches.length === node.outgoing.length;
  return edge && isFork(node) && !isLast ? [edge] : [];
}

function isAlwaysOpen({ condition }: Edge): boolean {
  return !condition || /^\s*\$\{\s*true\s*\}\s*$/.test(condition.text);
}

function isFork({ type, outgoing }: FlowNode): boolean {
  return /^(exclusive|inclusive)Gateway$/.test(type) && outgoing.length > 1;
}

function defaultOf({ xml }: FlowNode): string | undefined {
  return attribute(xml, 'default');
}
