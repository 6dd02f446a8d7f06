import type { Blueprint } from '../blueprint.js';
import { bodyReads } from './body.js';
import { HUB, inputOf, inputText, nodeOutputs } from './connectors.js';
import { bodiesOf, expressionsOf } from './expressions.js';
import { objectsIn, textsIn } from './given.js';
import type { Connector, Flow } from './model.js';
import { asksOpenly, taggedBy } from './tagged.js';
import { type Exchange, type Use, useAt } from './use.js';
import { elementsUnread } from './uses.js';
import { allFacts, chainsIn, scopeOf, valuesByScope } from './values.js';
import { attribute, closest } from './xml-query.js';

const RUN = /^\/my\/workflows\/run\/([\w-]+)(?:\?|$)/;
const INPUT = /^environment\.variables\.input\.([\w$*]+)/;
const OUTPUT = /^environment\.output\.output\.([\w$*]+)/;
/** What a run answers, where it fails as well, and what every value has. */
const BESIDE =
  /^(?!(?:output|status|statusCode|message|error|toString|hasOwnProperty)\b)([A-Za-z$][\w$]*)/;

/** @returns what a flow gets and gives, as far as that is known */
export function exchangeOf(flow: Flow, blueprint: Blueprint): Exchange {
  const isWhole = flow.state === 'whole' && isRead(flow, blueprint);
  const given = givenBy(flow, blueprint);
  const values = [...valuesByScope(flow, blueprint).values()];
  const mayGive = values.some(({ written }) => written.has('output') || written.has('*'));
  return {
    takes: isWhole ? known(takenBy(flow, blueprint)) : undefined,
    gives: isWhole ? known(given) : undefined,
    isSilent: isWhole && given.size === 0 && !mayGive,
    calls: flow.connectors.flatMap((connector) => runBy(connector, flow, blueprint)),
    asAdmin: flow.connectors.flatMap((connector) => adminCalls(connector, flow, blueprint)),
    tagged: flow.connectors.flatMap((connector) => taggedBy(connector, flow, blueprint)),
    asksOpenly: flow.connectors.some((connector) => asksOpenly(connector, flow, blueprint)),
  };
}

/** Whether every script of a flow could be read. */
function isRead(flow: Flow, blueprint: Blueprint): boolean {
  return (
    elementsUnread(flow, blueprint).size === 0 &&
    flow.inline.every(({ facts }) => !facts.problem) &&
    flow.scripts.every(({ format }) => format === undefined || /^(js|javascript)$/.test(format))
  );
}

/** Names; `*` stands for any. */
function known(names: ReadonlySet<string>): string[] | undefined {
  return names.has('*') ? undefined : [...names];
}

function usesWhole(flow: Flow, blueprint: Blueprint, whole: RegExp): boolean {
  return allFacts(flow, blueprint).some((facts) => facts.whole.some((path) => whole.test(path)));
}

function takenBy(flow: Flow, blueprint: Blueprint): Set<string> {
  const names = new Set<string>();
  if (usesWhole(flow, blueprint, /^environment(\.variables(\.input)?)?$/)) {
    names.add('*');
  }
  for (const { chain } of chainsIn(flow, blueprint)) {
    const name = /^environment(\.variables)?\.\*/.test(chain.path)
      ? '*'
      : INPUT.exec(chain.path)?.[1];
    if (name !== undefined) {
      names.add(name);
    }
  }
  for (const { text } of expressionsOf(flow)) {
    for (const body of bodiesOf(text)) {
      const isOther = /^\s*environment\.(output|variables\.(?!input\b)\w+)\b/.test(body);
      if (body.includes('environment') && !isOther) {
        names.add(INPUT.exec(body.trim())?.[1] ?? '*');
      }
    }
  }
  return names;
}

function givenBy(flow: Flow, blueprint: Blueprint): Set<string> {
  const names = new Set<string>();
  if (usesWhole(flow, blueprint, /^environment(\.output(\.output)?)?$/)) {
    names.add('*');
  }
  const own = new Set(
    flow.nodes.flatMap((node) => {
      const outputs = nodeOutputs(node).filter(({ name }) => name === 'output');
      for (const output of node.scope.name === 'bpmn:process' ? outputs : []) {
        for (const name of membersOf(objectsIn(output, flow, blueprint))) {
          names.add(name);
        }
      }
      return outputs.map(({ xml }) => xml);
    }),
  );
  for (const xml of flow.elements) {
    const isOutput = xml.name === 'camunda:outputParameter' && attribute(xml, 'name') === 'output';
    const isOther =
      isOutput && !own.has(xml) && !closest(xml, ({ name }) => name === 'camunda:connector');
    if (isOther || attribute(xml, 'camunda:resultVariable') === 'output') {
      names.add('*');
    }
  }
  for (const { chain, xml } of chainsIn(flow, blueprint)) {
    if (scopeOf(xml)?.name === 'bpmn:process') {
      for (const name of writtenBy(chain)) {
        names.add(name);
      }
    }
  }
  return names;
}

/** The members of the output that a script writes; `*` for any. */
function writtenBy({
  path,
  access,
  members,
  isEmpty,
}: ReturnType<typeof chainsIn>[number]['chain']): readonly string[] {
  const member = OUTPUT.exec(path)?.[1];
  if (access === 'call') {
    return member === undefined ? [] : ['*'];
  }
  if (access !== 'write' || isEmpty) {
    return [];
  }
  if (member !== undefined) {
    return [member];
  }
  if (path === 'environment.output.output') {
    return members ?? ['*'];
  }
  if (path === 'environment.output') {
    return members && !members.includes('output') ? [] : ['*'];
  }
  // A name that is misspelt is to be mended, and the output is written then.
  return /^(environment(\.output)?\.\*|(?!environment\b)\w+\.output\.output\b)/.test(path)
    ? ['*']
    : [];
}

function membersOf(objects: ReturnType<typeof objectsIn>): string[] {
  return objects?.flatMap(({ members }) => members.map(({ name }) => name)) ?? ['*'];
}

function runBy(connector: Connector, flow: Flow, blueprint: Blueprint): Exchange['calls'] {
  const key = RUN.exec(inputText(connector, 'url'))?.[1];
  if (key === undefined || !HUB.includes(connector.id)) {
    return [];
  }
  const payload = inputOf(connector, 'payload');
  const objects = payload && objectsIn(payload, flow, blueprint);
  const sent = objects?.flatMap(({ members }) =>
    members.map(({ name, place }) => useAt(name, place)),
  );
  const reads = bodyReads(flow, blueprint).get(connector) ?? [];
  const of = (pattern: RegExp) =>
    reads.flatMap(({ path, place, isAsked }): Use[] => {
      const name = isAsked ? undefined : pattern.exec(path)?.[1];
      return name === undefined ? [] : [useAt(name, place)];
    });
  return [
    {
      key,
      isElevated: connector.id !== HUB[0],
      sent: payload ? sent : [],
      read: of(/^output\.([\w$]+)/),
      beside: of(BESIDE),
    },
  ];
}

/** What a call with the rights of who started the flow asks of the Hub's administration. */
function adminCalls(connector: Connector, flow: Flow, blueprint: Blueprint): Use[] {
  const url = connector.id === HUB[0] ? inputOf(connector, 'url') : undefined;
  const texts = url ? textsIn(url, flow, blueprint) : [];
  return texts.flatMap(({ text, place }) => {
    const path = /^\/(?:admin|setup)\/[^?#${}]*/.exec(text)?.[0];
    return path === undefined ? [] : [useAt(path, place)];
  });
}
