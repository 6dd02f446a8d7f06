import type { Blueprint } from '../blueprint.js';
import { ANSWER, LANGUAGE, SANDBOX } from '../script/sandbox.js';
import type { Named } from '../text.js';
import { nodeOutputs } from './connectors.js';
import { type GivenObject, objectsIn } from './given.js';
import { isLoop } from './loops.js';
import type { Connector, Flow, Parameter } from './model.js';
import { elementsUnread } from './uses.js';
import { allFacts, CAUGHT, chainsIn, scopeOf } from './values.js';
import { attribute } from './xml-query.js';

const PASSED_ON = /^\$\{content\.output\.([\w$]+)\}$/;

/** Members by the name of the object in the output; undefined for a name that may hold anything. */
type Objects = Map<string, Set<string> | undefined>;

/**
 * @returns the objects in a process's output of which all members are known, as everything that may write them is
 *   seen; none where a script can't be read, hands all of the environment on, or has a name that is to be mended first
 */
export function knownObjects(
  flow: Flow,
  blueprint: Blueprint,
): ReadonlyMap<string, ReadonlySet<string>> {
  const isUnsure = allFacts(flow, blueprint).some(
    ({ whole, free }) => whole.includes('environment') || free.some(isUnknown),
  );
  if (isUnsure || elementsUnread(flow, blueprint).size > 0) {
    return new Map();
  }
  const objects: Objects = new Map();
  const connectors = new Map(flow.connectors.map((one) => [one.node, one]));
  for (const node of flow.nodes) {
    const outputs = node.scope.name === 'bpmn:process' ? nodeOutputs(node) : [];
    for (const output of outputs) {
      const given = isLoop(node)
        ? undefined
        : objectsOf(output, connectors.get(node), flow, blueprint);
      add(objects, output.name, given && membersOf(given));
    }
    add(objects, attribute(node.xml, 'camunda:resultVariable'), undefined);
  }
  for (const xml of flow.elements) {
    for (const name of CAUGHT) {
      add(objects, attribute(xml, name), undefined);
    }
  }
  for (const { chain, xml } of chainsIn(flow, blueprint)) {
    if (chain.access === 'write' && scopeOf(xml)?.name === 'bpmn:process') {
      addWritten(objects, chain.path, chain.isEmpty ? [] : chain.members);
    }
  }
  return new Map([...objects].flatMap(([name, members]) => (members ? [[name, members]] : [])));
}

function isUnknown({ name }: Named): boolean {
  return !SANDBOX.has(name) && !LANGUAGE.has(name) && !ANSWER.has(name);
}

/** What a node puts under a name: an object of its own, or what its connector puts out. */
function objectsOf(
  output: Parameter,
  connector: Connector | undefined,
  flow: Flow,
  blueprint: Blueprint,
): GivenObject[] | undefined {
  const passedOn = PASSED_ON.exec(output.text ?? '')?.[1];
  const source =
    passedOn === undefined
      ? output
      : connector?.outputs.find(({ name }) => name === passedOn && name !== '');
  return source && objectsIn(source, flow, blueprint);
}

function membersOf(objects: readonly GivenObject[]): string[] {
  return objects.flatMap(({ members }) => members.map(({ name }) => name));
}

/** Counts what a script writes: an object, or a member of one. */
function addWritten(objects: Objects, path: string, members: readonly string[] | undefined): void {
  const [isOutput, name, member] =
    /^environment\.output(?:\.([\w$*]+))?(?:\.([\w$*]+))?/.exec(path) ?? [];
  if (isOutput === undefined) {
    return;
  }
  if (name === undefined) {
    // All of it anew: what its members hold is not known.
    for (const one of members ?? objects.keys()) {
      objects.set(one, undefined);
    }
  } else if (name === '*') {
    for (const one of objects.keys()) {
      objects.set(one, undefined);
    }
  } else {
    add(objects, name, member === undefined ? members : member === '*' ? undefined : [member]);
  }
}

function add(
  objects: Objects,
  name: string | undefined,
  members: readonly string[] | undefined,
): void {
  if (name === undefined) {
    return;
  }
  const known = objects.has(name) ? objects.get(name) : new Set<string>();
  for (const member of members ?? []) {
    known?.add(member);
  }
  objects.set(name, members && known);
}
