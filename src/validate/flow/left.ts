import type { Blueprint } from '../blueprint.js';
import type { ScriptFacts } from '../script/facts.js';
import { nodeOutputs } from './connectors.js';
import type { Flow, FlowNode } from './model.js';
import { factsByElement, scriptUses } from './uses.js';

// A flow that keeps more secrets than this apart is none that a person drew.
const MAX_NAMES = 30;

/** A secret that stays in the output of a flow when it ends. */
export interface Left {
  /** Under which it stands in `environment.output`. */
  readonly name: string;
  /** What puts it there. */
  readonly origin: FlowNode;
  /** Where a path ends without its being cleared. */
  readonly end: FlowNode;
}

/**
 * Follows secrets to every end of a flow. What happens side by side is not followed: there a clean-up anywhere counts.
 *
 * @param origins the nodes that put each secret into the output of the process, by its name
 */
export function leftSecrets(
  flow: Flow,
  blueprint: Blueprint,
  origins: ReadonlyMap<string, readonly FlowNode[]>,
): Left[] {
  if (origins.size === 0) {
    return [];
  }
  const facts = factsByElement(flow, blueprint);
  const boundaries = boundariesOf(flow);
  const read = new Set(scriptUses(flow, blueprint).map(({ script }) => script));
  const unread = new Set(
    flow.scripts.flatMap((script) => (read.has(script) ? [] : [script.element])),
  );
  const context = { flow, facts, boundaries, isSplit: flow.nodes.some(splits), unread };
  return [...origins].slice(0, MAX_NAMES).flatMap(([name, nodes]) => follow(name, nodes, context));
}

interface Context {
  readonly flow: Flow;
  readonly facts: ReadonlyMap<string, readonly ScriptFacts[]>;
  readonly boundaries: ReadonlyMap<string, readonly FlowNode[]>;
  readonly isSplit: boolean;
  /** Ids of the elements with a script that could not be read, and may clear anything. */
  readonly unread: ReadonlySet<string>;
}

function follow(name: string, origins: readonly FlowNode[], context: Context): Left[] {
  const { flow, facts, boundaries, isSplit, unread } = context;
  const clears = (id: string) =>
    unread.has(id) || (facts.get(id) ?? []).some((one) => clearsName(one, name));
  // A script that puts it there writes it, and has not cleared it by that.
  const deletes = (id: string) =>
    unread.has(id) || (facts.get(id) ?? []).some((one) => clearsName(one, name, false, true));
  const overwrites = (node: FlowNode) => nodeOutputs(node).some((output) => output.name === name);
  const ofProcess = flow.processes.some(({ attributes }) => clears(attributes.id ?? ''));
  if (ofProcess || (isSplit && [...facts.keys(), ...unread].some(clears))) {
    return [];
  }
  return origins.slice(0, MAX_NAMES).flatMap((origin): Left[] => {
    if (origin.type === 'scriptTask' ? deletes(origin.id) : clears(origin.id)) {
      return [];
    }
    const seen = new Set<FlowNode>();
    const waiting: FlowNode[] = [];
    const go = (from: FlowNode) => {
      for (const { id, target } of from.outgoing) {
        if (target && !clears(id)) {
          waiting.push(target);
        }
      }
    };
    if (origin.outgoing.length === 0) {
      return [{ name, origin, end: origin }];
    }
    go(origin);
    // The list grows while it is gone through.
    for (const node of waiting) {
      if (seen.has(node)) {
        continue;
      }
      seen.add(node);
      const isCleared = clears(node.id);
      // Where a call fails, nothing of its outputs is there; a script that clears and then fails has cleared.
      if (!isCleared || node.type !== 'scriptTask') {
        waiting.push(...(boundaries.get(node.id) ?? []));
      }
      if (isCleared || overwrites(node)) {
        continue;
      }
      if (node.outgoing.length === 0 || failsUncleared(node, name, context)) {
        return [{ name, origin, end: node }];
      }
      go(node);
    }
    return [];
  });
}

/** Whether a script ends the flow and has not cleared a name anywhere. */
function failsUncleared(node: FlowNode, name: string, { facts, boundaries }: Context): boolean {
  const own = facts.get(node.id) ?? [];
  const clearsAtAll = own.some((one) => clearsName(one, name, true));
  return (
    node.type === 'scriptTask' &&
    own.some(({ fails }) => fails) &&
    !clearsAtAll &&
    !boundaries.has(node.id)
  );
}

/** Whether a script takes a name out of the output; by default where it goes on afterwards. */
function clearsName(
  { chains }: ScriptFacts,
  name: string,
  mayFail = false,
  mustDelete = false,
): boolean {
  return chains.some(({ path, access, isOnFailure, members, isEmpty }) => {
    if (mustDelete && access === 'write' && !isEmpty) {
      return false;
    }
    if ((access !== 'delete' && access !== 'write') || (isOnFailure && !mayFail)) {
      return false;
    }
    if (path === 'environment.output') {
      return access === 'delete' || !members?.includes(name);
    }
    // Where environment is misspelled that is to be mended, and the name is cleared then.
    const written = /^(?!content\.)\w+\.output\.([^.]+)$/.exec(path)?.[1];
    return written === name || (written === '*' && (access === 'delete' || isEmpty === true));
  });
}

/** @returns the boundary events of each node, by its id */
export function boundariesOf({ nodes }: Flow): ReadonlyMap<string, readonly FlowNode[]> {
  const boundaries = new Map<string, FlowNode[]>();
  for (const node of nodes) {
    if (node.attachedTo !== undefined) {
      const list = boundaries.get(node.attachedTo) ?? [];
      list.push(node);
      boundaries.set(node.attachedTo, list);
    }
  }
  return boundaries;
}

/** @returns whether what follows a node happens side by side */
export function splits({ type, outgoing }: FlowNode): boolean {
  const isFork = /^(parallel|inclusive|complex)Gateway$/.test(type) && outgoing.length > 1;
  return isFork || (!/Gateway$/.test(type) && outgoing.filter((one) => !one.condition).length > 1);
}
