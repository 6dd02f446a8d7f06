import { didYouMean } from '../../core/suggest.js';
import type { Found, Rule } from '../finding.js';
import { nodeParameters } from '../flow/connectors.js';
import type { Flow } from '../flow/model.js';
import { attribute, childrenOf, closest, descendants } from '../flow/xml-query.js';
import type { Blueprint } from '../model.js';
import type { Chain } from '../script/facts.js';
import { ANSWER } from '../script/sandbox.js';
import type { XmlElement } from '../source/xml.js';

// What an engine or a form puts there, and what a flow tells the Hub.
const GIVEN = ['state', 'status', 'process', 'output', 'input', 'submit', 'properties', '*'];

/** Rules about values: where they come from, and whether anything gives them. */
export const dataRules: readonly Rule[] = [
  {
    id: 'parameter-empty',
    severity: 'warning',
    why: 'A parameter without a value is passed on as nothing, which is seldom meant.',
    flow: ({ elements, at }) =>
      elements.flatMap((xml): Found[] => {
        if (!/^camunda:(inputParameter|outputParameter|entry)$/.test(xml.name)) {
          return [];
        }
        if (xml.children.length > 0 || xml.text.trim() !== '') {
          return [];
        }
        return [
          { ...at(xml), message: `"${nameOf(xml)}" has no value. Give it one, or take it out.` },
        ];
      }),
  },
  {
    id: 'output-path',
    severity: 'error',
    why: 'A task can pass on only what its connector has put into its output.',
    flow: ({ connectors, at }) =>
      connectors.flatMap(({ node, outputs }): Found[] => {
        // Without outputs of its own a connector passes on what was answered.
        const names = outputs.length > 0 ? outputs.map(({ name }) => name) : [...ANSWER];
        return nodeParameters(node, 'camunda:outputParameter').flatMap(
          ({ text = '', xml }): Found[] => {
            const name = /^\$\{content\.output\.(\w+)/.exec(text)?.[1];
            if (name === undefined || names.includes(name)) {
              return [];
            }
            // What an answer holds besides is not public, so it may be there.
            const severity = outputs.length > 0 ? ('error' as const) : ('warning' as const);
            const message = `The connector has no output ${name}.${didYouMean(name, names)}`;
            return [{ ...at(xml), message, severity }];
          },
        );
      }),
  },
  {
    id: 'output-unused',
    severity: 'warning',
    why: 'What a connector puts out and its task does not pass on is lost.',
    flow: ({ connectors, at }, blueprint) =>
      connectors.flatMap(({ node, outputs }): Found[] => {
        const keepsAll = attribute(node.xml, 'camunda:resultVariable') !== undefined;
        const listens = [...descendants(node.xml)].some(
          ({ name }) => name === 'camunda:executionListener',
        );
        if (keepsAll || listens) {
          return [];
        }
        // A milestone tells how it went; the value itself is not passed on by it.
        const own = nodeParameters(node, 'camunda:outputParameter').filter(
          ({ name }) => name !== 'state',
        );
        const texts = own.flatMap(({ xml }) => [...descendants(xml)].map((part) => part.text));
        // A script file may read any of them.
        const files = own.flatMap(({ xml }) =>
          childrenOf(xml, 'camunda:script').flatMap(resourceOf),
        );
        const read = files.flatMap(
          (path) => blueprint.scripts.get(blueprint.locate(path) ?? '')?.chains ?? [],
        );
        const isRead = (name: string) =>
          texts.some((text) => text.includes(name) || /\$\{content\.output\}/.test(text)) ||
          read.some(({ path }) => path.startsWith('content.output'));
        return outputs.flatMap(({ name, xml }): Found[] =>
          isRead(name)
            ? []
            : [{ ...at(xml), message: `The task does not pass on ${name}, so it is lost.` }],
        );
      }),
  },
  {
    id: 'output-missing',
    severity: 'warning',
    why: 'A value that nothing puts into environment.output is not there when it is read.',
    flow: (flow, blueprint) => {
      const scopes = valuesByScope(flow, blueprint);
      return [...scopes.values()].flatMap(({ read, written }) => {
        if (written.has('*')) {
          return [];
        }
        return [...read].flatMap(([name, xml]): Found[] => {
          if (written.has(name) || GIVEN.includes(name)) {
            return [];
          }
          const near = didYouMean(name, [...written]);
          return [
            {
              ...flow.at(xml),
              message: `Nothing puts ${name} into environment.output here.${near}`,
            },
          ];
        });
      });
    },
  },
  {
    id: 'sub-process-input',
    severity: 'error',
    why: 'A sub-process sees only what its own input parameters bring in.',
    flow: (flow, blueprint) => {
      const inputs = new Map(
        flow.nodes
          .filter(({ type }) => type === 'subProcess')
          .map((node) => [
            node.xml,
            nodeParameters(node, 'camunda:inputParameter').map(({ name }) => name),
          ]),
      );
      return chainsIn(flow, blueprint).flatMap(({ chain, xml }): Found[] => {
        const name = /^environment\.variables\.content\.input\.(\w+)$/.exec(chain.path)?.[1];
        if (name === undefined || chain.access !== 'read') {
          return [];
        }
        const scope = scopeOf(xml);
        const names = (scope && inputs.get(scope)) ?? [];
        // Without any input a sub-process may run in a loop, which brings values of its own.
        if (names.length === 0 || names.includes(name)) {
          return [];
        }
        const message = `The sub-process brings no ${name} in.${didYouMean(name, names)}`;
        return [{ ...flow.at(xml), message }];
      });
    },
  },
];

interface Values {
  /** Names that are read, with the first place. */
  readonly read: Map<string, XmlElement>;
  readonly written: Set<string>;
}

/** What is read from and put into `environment.output`, in the process and in each sub-process by itself. */
function valuesByScope(flow: Flow, blueprint: Blueprint): Map<XmlElement, Values> {
  const scopes = new Map<XmlElement, Values>();
  const valuesOf = (scope: XmlElement) => {
    const values = scopes.get(scope) ?? { read: new Map(), written: new Set() };
    scopes.set(scope, values);
    return values;
  };
  for (const node of flow.nodes) {
    const { written } = valuesOf(node.scope);
    for (const { name } of nodeParameters(node, 'camunda:outputParameter')) {
      written.add(name);
    }
    const variable = attribute(node.xml, 'camunda:resultVariable');
    if (variable !== undefined) {
      written.add(variable);
    }
  }
  for (const { chain, xml } of chainsIn(flow, blueprint)) {
    const [, name, isMember] = /^environment\.output(?:\.([\w$*]+))?(\.)?/.exec(chain.path) ?? [];
    const scope = scopeOf(xml);
    if (!scope) {
      continue;
    }
    const { read, written } = valuesOf(scope);
    if (name === undefined) {
      if (chain.path === 'environment.output' && chain.access === 'write') {
        written.add('*');
      }
    } else if (chain.access === 'write' && !isMember) {
      written.add(name);
    } else if (chain.access === 'read' && !read.has(name)) {
      read.set(name, xml);
    }
  }
  for (const xml of flow.elements) {
    const scope = /\$\{environment\.output\./.test(xml.text) ? scopeOf(xml) : undefined;
    if (!scope) {
      continue;
    }
    for (const [, name = ''] of xml.text.matchAll(/\$\{environment\.output\.([\w$]+)/g)) {
      const { read } = valuesOf(scope);
      if (!read.has(name)) {
        read.set(name, xml);
      }
    }
  }
  return scopes;
}

/** The members that the scripts of a flow touch, each with the element that holds or names the script. */
function chainsIn(flow: Flow, { scripts, locate }: Blueprint): { chain: Chain; xml: XmlElement }[] {
  const inline = flow.inline.flatMap(({ facts, element = '' }) => {
    const xml = flow.byId.get(element);
    return xml ? facts.chains.map((chain) => ({ chain, xml })) : [];
  });
  const external = flow.scripts.flatMap(({ resource, body, xml }) => {
    const facts =
      resource === undefined || body !== undefined
        ? undefined
        : scripts.get(locate(resource) ?? '');
    return (facts?.chains ?? []).map((chain) => ({ chain, xml }));
  });
  return [...inline, ...external];
}

/** The process or sub-process around an element; the outputs and inputs of a sub-process belong outside of it. */
function scopeOf(xml: XmlElement): XmlElement | undefined {
  const isScope = ({ name }: XmlElement) =>
    /^bpmn:(process|subProcess|transaction|adHocSubProcess)$/.test(name);
  const scope = closest(xml, isScope);
  const extensions = closest(xml, ({ name }) => name === 'bpmn:extensionElements');
  return scope && extensions?.parent === scope ? closest(scope.parent, isScope) : scope;
}

function resourceOf(script: XmlElement): string[] {
  const resource = attribute(script, 'resource');
  return resource === undefined ? [] : [resource];
}

function nameOf(xml: XmlElement): string {
  return attribute(xml, 'name') ?? attribute(xml, 'key') ?? '';
}
