import type { Blueprint } from '../blueprint.js';
import type { Chain, ScriptFacts } from '../script/facts.js';
import { ENVIRONMENT } from '../script/sandbox.js';
import type { XmlElement } from '../source/xml.js';
import type { Place, Position } from '../text.js';
import { nodeOutputs } from './connectors.js';
import type { Flow, FlowScript } from './model.js';
import { oncePerFlow } from './once.js';
import { attribute, closest, SCOPE } from './xml-query.js';

/** What is read from and put into `environment.output` in a process or sub-process. */
export interface Values {
  /** Names that are read, with the first place. */
  readonly read: Map<string, Place>;
  /** Names that are put there; `*` where all of it is replaced. */
  readonly written: Set<string>;
  /** Names that a script asks for before it goes on. */
  readonly asked: Set<string>;
  /** Names that an expression reads, which has no way to go on without. */
  readonly inTexts: Set<string>;
}

const READ = /\$\{environment\.output\.([\w$]+)/g;
/** Attributes of an error event that name where it puts what it caught. */
export const CAUGHT = ['camunda:errorMessageVariable', 'camunda:errorCodeVariable'];

/** A chain of members in a script of a flow, with the element that holds or names the script. */
interface FlowChain {
  readonly chain: Chain;
  readonly xml: XmlElement;
  /** Of the chain, in the flow or in the script's file. */
  readonly place: Place;
}

/** @returns the facts of a script's file; undefined where its text stands in the flow, or there is no such file */
export function fileFacts({ file }: FlowScript, { scriptAt }: Blueprint): ScriptFacts | undefined {
  return file === undefined ? undefined : scriptAt(file);
}

/** @returns the facts of every script of a flow: those in it, and those of its script files */
export function allFacts(flow: Flow, blueprint: Blueprint): ScriptFacts[] {
  const external = flow.scripts.flatMap((script) => fileFacts(script, blueprint) ?? []);
  return [...flow.inline.map(({ facts }) => facts), ...external];
}

/** @returns what the scripts of a flow touch */
export const chainsIn = oncePerFlow((flow, blueprint): readonly FlowChain[] => {
  const inline = flow.inline.flatMap(({ facts, xml, element }) =>
    facts.chains.map((chain) => ({ chain, xml, place: { element, ...positionOf(chain) } })),
  );
  const external = flow.scripts.flatMap((script) => {
    const file = blueprint.locate(script.file ?? '');
    const { chains = [] } = fileFacts(script, blueprint) ?? {};
    return chains.map((chain) => ({
      chain,
      xml: script.xml,
      place: { file, ...positionOf(chain) },
    }));
  });
  return [...inline, ...external];
});

/** @returns the process or sub-process around an element; the parameters of a sub-process belong outside of it */
export function scopeOf(xml: XmlElement): XmlElement | undefined {
  const isScope = ({ name }: XmlElement) => SCOPE.test(name);
  const scope = closest(xml, isScope);
  const extensions = closest(xml, ({ name }) => name === 'bpmn:extensionElements');
  return scope && extensions?.parent === scope ? closest(scope.parent, isScope) : scope;
}

/** @returns the values of the process and of each sub-process by itself */
export const valuesByScope = oncePerFlow((flow, blueprint): ReadonlyMap<XmlElement, Values> => {
  const scopes = new Map<XmlElement, Values>();
  const valuesOf = (scope: XmlElement) => {
    const values = scopes.get(scope) ?? {
      read: new Map(),
      written: new Set(),
      asked: new Set(),
      inTexts: new Set(),
    };
    scopes.set(scope, values);
    return values;
  };
  const addRead = (scope: XmlElement, name: string, place: Place) => {
    const { read } = valuesOf(scope);
    read.set(name, read.get(name) ?? place);
  };
  for (const node of flow.nodes) {
    const { written } = valuesOf(node.scope);
    const variable = attribute(node.xml, 'camunda:resultVariable') ?? [];
    for (const name of nodeOutputs(node)
      .map((output) => output.name)
      .concat(variable)) {
      written.add(name);
    }
  }
  for (const xml of unreadScripts(flow, blueprint)) {
    const scope = scopeOf(xml);
    if (scope) {
      valuesOf(scope).written.add('*');
    }
  }
  // An error event puts what it caught there as well.
  for (const xml of flow.elements) {
    const names = CAUGHT.flatMap((name) => attribute(xml, name) ?? []);
    const scope = names.length > 0 ? scopeOf(xml) : undefined;
    for (const name of names) {
      if (scope) {
        valuesOf(scope).written.add(name);
      }
    }
  }
  for (const { chain, xml, place } of chainsIn(flow, blueprint)) {
    const misnamed = chain.access === 'write' && /^environment\.(\w+)\./.exec(chain.path)?.[1];
    if (misnamed && !ENVIRONMENT.includes(misnamed)) {
      // What was meant to be written there is told by another rule.
      const around = scopeOf(xml);
      const written = around && valuesOf(around).written;
      written?.add('*');
    }
    const [all, name, isMember] =
      /^environment\.output(?:\.([\w$*]+))?(\.)?/.exec(chain.path) ?? [];
    const scope = all === undefined ? undefined : scopeOf(xml);
    if (!scope) {
      continue;
    }
    if (chain.access === 'write' && !isMember) {
      // A clean-up gives nothing, and an object only its own members.
      if (chain.isEmpty) {
        continue;
      }
      if (name === undefined && chain.members) {
        for (const member of chain.members) {
          valuesOf(scope).written.add(member);
        }
      } else if (name !== undefined || chain.path === 'environment.output') {
        valuesOf(scope).written.add(name ?? '*');
      }
    } else if (chain.access === 'read' && name !== undefined) {
      if (chain.isAsked && !isMember) {
        valuesOf(scope).asked.add(name);
      }
      addRead(scope, name, place);
    }
  }
  for (const xml of flow.elements) {
    const collection = attribute(xml, 'camunda:collection') ?? '';
    // What a loop goes through is there outside of what it repeats.
    const around = collection === '' ? undefined : scopeOf(xml.parent?.parent ?? xml);
    for (const [, name = ''] of around ? collection.matchAll(READ) : []) {
      if (around) {
        addRead(around, name, flow.placeOf(xml));
      }
    }
    const mayRead = xml.text.includes('${environment.output.');
    for (const [, name = ''] of mayRead ? xml.text.matchAll(READ) : []) {
      const scope = scopeOf(xml);
      if (scope) {
        addRead(scope, name, flow.placeOf(xml));
        valuesOf(scope).inTexts.add(name);
      }
    }
  }
  return scopes;
});

function positionOf({ line, column }: Position): Position {
  return { line, column };
}

/** The scripts of a flow that can't be read, and may put anything into the output. */
function unreadScripts(flow: Flow, blueprint: Blueprint): XmlElement[] {
  const broken = flow.inline.flatMap(({ facts, xml }) => (facts.problem ? [xml] : []));
  const files = flow.scripts.flatMap((script) => {
    const facts = fileFacts(script, blueprint);
    return script.file !== undefined && (!facts || facts.problem) ? [script.xml] : [];
  });
  return [...broken, ...files];
}
