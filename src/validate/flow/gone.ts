import type { Blueprint } from '../blueprint.js';
import type { Chain } from '../script/facts.js';
import { nodeOutputs } from './connectors.js';
import { boundariesOf, splits } from './left.js';
import type { Flow, FlowNode } from './model.js';
import { type OutputRead, outputReads } from './output-reads.js';
import { elementsUnread, factsByElement } from './uses.js';
import { closest } from './xml-query.js';

// A flow that deletes more by name is none that a person drew.
const MAX_NAMES = 30;

/** A value that is read where it is always deleted already. */
export interface Gone {
  readonly read: OutputRead;
  /** What deletes it. */
  readonly by: FlowNode;
}

/**
 * Finds values of a process's output that every path to where they are read has deleted. What happens side by side is not
 * followed.
 */
export function goneReads(flow: Flow, blueprint: Blueprint): Gone[] {
  const facts = factsByElement(flow, blueprint);
  const chains = (node: FlowNode) => (facts.get(node.id) ?? []).flatMap((one) => one.chains);
  const own = flow.nodes.filter(({ scope }) => scope.name === 'bpmn:process');
  const deleters = new Map<string, FlowNode[]>();
  for (const node of own) {
    for (const name of new Set(chains(node).flatMap(deletedBy))) {
      deleters.set(name, [...(deleters.get(name) ?? []), node]);
    }
  }
  if (deleters.size === 0 || elementsUnread(flow, blueprint).size > 0 || own.some(splits)) {
    return [];
  }
  const ids = new Set(own.map(({ id }) => id));
  // What sequence flows and the process itself run is not followed.
  const elsewhere = new Set(
    [...facts].flatMap(([id, all]) =>
      ids.has(id) ? [] : all.flatMap((one) => one.chains.flatMap(touchedBy)),
    ),
  );
  const boundaries = boundariesOf(flow);
  const byXml = new Map(own.map((node) => [node.xml, node]));
  const ownerOf = ({ xml }: OutputRead) => {
    const element = closest(xml, (one) => byXml.has(one));
    return element && byXml.get(element);
  };
  const reads = outputReads(flow, blueprint).filter(({ isAsked }) => !isAsked);
  return [...deleters].slice(0, MAX_NAMES).flatMap(([name, by]): Gone[] => {
    const writers = own.filter((node) => writes(node, name, chains(node)));
    const isClear = !elsewhere.has(name) && !elsewhere.has('*') && writers.length > 0;
    const readers = isClear ? reads.filter((read) => read.name === name) : [];
    if (readers.length === 0) {
      return [];
    }
    const stops = new Set([...writers, ...by]);
    const kept = reached(writers, new Set(by), boundaries);
    return by
      .filter((node) => !writers.includes(node))
      .flatMap((node) => {
        const gone = reached([node], stops, boundaries);
        return readers.flatMap((read): Gone[] => {
          const reader = ownerOf(read);
          const isGone = reader && gone.has(reader) && !kept.has(reader) && !stops.has(reader);
          return isGone ? [{ read, by: node }] : [];
        });
      });
  });
}

/** The nodes that paths lead to from some others; what stops a path is reached, and not gone on from. */
function reached(
  from: readonly FlowNode[],
  stops: ReadonlySet<FlowNode>,
  boundaries: ReadonlyMap<string, readonly FlowNode[]>,
): Set<FlowNode> {
  const found = new Set<FlowNode>();
  const waiting = [...from];
  const begun = new Set(from);
  for (const node of waiting) {
    const isFirst = begun.delete(node);
    if (stops.has(node) && !isFirst) {
      continue;
    }
    const next = node.outgoing.flatMap(({ target }) => target ?? []);
    // Where a first one fails it has done nothing yet.
    for (const one of isFirst ? next : [...next, ...(boundaries.get(node.id) ?? [])]) {
      if (!found.has(one)) {
        found.add(one);
        waiting.push(one);
      }
    }
  }
  return found;
}

function deletedBy({ path, access, isOnFailure }: Chain): string[] {
  const name = /^environment\.output\.([\w$]+)$/.exec(path)?.[1];
  return name !== undefined && access === 'delete' && !isOnFailure ? [name] : [];
}

function touchedBy({ path, access }: Chain): string[] {
  const [all, name = '*'] = /^environment\.output(?:\.([\w$*]+))?/.exec(path) ?? [];
  return all !== undefined && access !== 'read' ? [name] : [];
}

function writes(node: FlowNode, name: string, chains: readonly Chain[]): boolean {
  const isOutput = nodeOutputs(node).some((output) => output.name === name);
  return (
    isOutput ||
    chains.some(({ path, access, members, isEmpty }) => {
      const isWrite = (access === 'write' || access === 'call') && !isEmpty;
      const isWhole = path === 'environment.output' && (members?.includes(name) ?? true);
      const written = /^environment\.output\.([\w$*]+)/.exec(path)?.[1];
      return isWrite && (isWhole || written === name || written === '*');
    })
  );
}
