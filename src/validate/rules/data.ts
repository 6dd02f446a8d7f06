import { isOfBody, nodeOutputs } from '../flow/connectors.js';
import { chainsIn, type Values, valuesByScope } from '../flow/values.js';
import { attribute, childrenOf, closest, descendants } from '../flow/xml-query.js';
import { isLetterOff, isOtherSpelling } from '../letter-off.js';
import { MAX_COMPARED } from '../limits.js';
import { nearHint } from '../near.js';
import { each, type Found, rulesOf } from '../rule.js';
import { ANSWER } from '../script/sandbox.js';
import type { XmlElement } from '../source/xml.js';
import { problem, words } from '../text.js';

// What an engine or a form puts there, and what a flow tells the Hub.
const PROVIDED = words('state status process output input submit properties *');

/** Rules about values: where they come from, and whether anything gives them. */
export const dataRules = rulesOf({
  'parameter-empty': {
    warning: 'A parameter without a value is passed on as nothing, which is seldom meant.',
    flow: each('elements', (xml, { at }) => {
      const isParameter = /^camunda:(inputParameter|outputParameter|entry)$/.test(xml.name);
      const isEmpty = isParameter && xml.children.length === 0 && xml.text.trim() === '';
      const name = attribute(xml, 'name') ?? attribute(xml, 'key') ?? '';
      // The address of a call has a rule of its own.
      const isAddress = name === 'url' && xml.parent?.parent?.name === 'camunda:connector';
      return isEmpty && !isAddress && at(xml, `"${name}" has no value. Give it one, or remove it.`);
    }),
  },
  'entry-key': {
    error: 'An entry without a key is dropped, with what it holds.',
    flow: each('elements', (xml, { at }) => {
      const isUnnamed = xml.name === 'camunda:entry' && attribute(xml, 'key') === undefined;
      return isUnnamed && at(xml, 'This entry has no key. Give it one, or remove it.');
    }),
  },
  'parameter-twice': {
    warning: 'Of two parameters with one name only the last is used.',
    flow: each('elements', ({ name, children }, { at }) => {
      const seen = new Map<string, XmlElement>();
      return (name === 'camunda:inputOutput' ? children : []).map((xml): Found => {
        const key = `${xml.name} ${attribute(xml, 'name') ?? ''}`;
        const first = seen.get(key);
        seen.set(key, xml);
        const message = `"${attribute(xml, 'name')}" stands here twice, and the last one counts. Remove one.`;
        return first !== undefined && attribute(xml, 'name') !== undefined && at(xml, message);
      });
    }),
  },
  'output-path': {
    error: 'A task can pass on only what its connector has put into its output.',
    flow: each('connectors', ({ id, node, outputs }, { at }) => {
      // Without outputs of its own a connector passes on what was answered.
      const hasOwn = outputs.length > 0;
      const known: ReadonlySet<string> = hasOwn ? new Set(outputs.map(({ name }) => name)) : ANSWER;
      return nodeOutputs(node).map(({ text = '', xml }): Found => {
        const name = /^\$\{content\.output\.(\w+)/.exec(text)?.[1];
        if (name !== undefined && !hasOwn && isOfBody(id, name)) {
          return at(xml, `The answer has no ${name}. It stands in content.output.body.${name}.`);
        }
        if (name === undefined || known.has(name)) {
          return false;
        }
        const near = nearHint(name, [...known]);
        // What else an answer holds is not public, so it may be there.
        const severity = hasOwn || near !== '' ? 'error' : 'warning';
        return at(xml, `The connector has no output ${name}.${near}`, severity);
      });
    }),
  },
  'output-unused': {
    warning: 'What a connector puts out and its task does not pass on is lost.',
    flow: each('connectors', ({ node, outputs }, { at }, { scriptAt }) => {
      const keepsAll = attribute(node.xml, 'camunda:resultVariable') !== undefined;
      const listens = [...descendants(node.xml)].some(
        ({ name }) => name === 'camunda:executionListener',
      );
      if (keepsAll || listens) {
        return [];
      }
      // A milestone tells how it went; the value itself is not passed on by it.
      const own = nodeOutputs(node).filter(({ name }) => name !== 'state');
      const texts = own.flatMap(({ xml }) => [...descendants(xml)].map(({ text }) => text));
      // A script file may read any of them.
      const scripts = own.flatMap(({ xml }) => childrenOf(xml, 'camunda:script'));
      const files = scripts.flatMap((script) => attribute(script, 'resource') ?? []);
      const chains = files.flatMap((path) => scriptAt(path)?.chains ?? []);
      const readsAll =
        files.some((path) => scriptAt(path) === undefined) ||
        texts.some((text) => /\$\{content\.output\}/.test(text)) ||
        chains.some(({ path }) => path.startsWith('content.output'));
      return outputs.slice(0, MAX_COMPARED).map(({ name, xml }): Found => {
        const isRead = readsAll || texts.some((text) => text.includes(name));
        return !isRead && at(xml, `The task does not pass on ${name}, so it is lost.`);
      });
    }),
  },
  'output-missing': {
    warning: 'A value that nothing puts into environment.output is missing when it is read.',
    wholeFlow: (flow, blueprint) => {
      const keeping = keptIn(valuesByScope(flow, blueprint));
      return [...valuesByScope(flow, blueprint)].flatMap(
        ([scope, { read, written, asked, inTexts }], _at, all) =>
          [...read].map(([name, place]): Found => {
            if (written.has('*') || written.has(name)) {
              return false;
            }
            const inner = keeping
              .get(name)
              ?.find((below) => closest(below.parent, (one) => one === scope));
            if (inner) {
              const id = attribute(inner, 'id');
              const message = `The sub-process ${id} keeps ${name} to itself. Add an output parameter for it there.`;
              return problem(place, message, 'error');
            }
            if (PROVIDED.includes(name)) {
              return false;
            }
            const near = nearHint(name, [...written]);
            const message = `Nothing puts ${name} into environment.output here.${near}`;
            const process = all.find(([{ name: kind }]) => kind === 'bpmn:process');
            if (near === '' && scope.name !== 'bpmn:process' && process?.[1].written.has(name)) {
              const hint = 'Bring it in with an input parameter of the sub-process.';
              return problem(place, `${message} What is outside is not seen. ${hint}`, 'error');
            }
            // What is asked for first may be missing.
            if (asked.has(name) && near === '') {
              return false;
            }
            const isSure = near !== '' || inTexts.has(name);
            return problem(place, message, isSure ? 'error' : 'warning');
          }),
      );
    },
  },
  'output-name': {
    error: 'A process answers with what stands under the name output, and with nothing else.',
    wholeFlow: (flow, blueprint) => {
      const values = [...valuesByScope(flow, blueprint).values()];
      const isKnown = values.some(({ written }) => written.has('output') || written.has('*'));
      return (isKnown ? [] : chainsIn(flow, blueprint)).map(({ chain, place }): Found => {
        const name = /^environment\.output\.(\w+)$/.exec(chain.path)?.[1] ?? '';
        const isSlip =
          chain.access === 'write' &&
          (isLetterOff(name, 'output') || isOtherSpelling(name, 'output'));
        const isRead = isSlip && values.some(({ read }) => read.has(name));
        const message = `Nothing reads ${name}. Did you mean environment.output.output?`;
        return isSlip && !isRead && problem(place, message);
      });
    },
  },
});

/** The sub-processes that write each name, a few of them. */
function keptIn(values: ReadonlyMap<XmlElement, Values>): ReadonlyMap<string, XmlElement[]> {
  const found = new Map<string, XmlElement[]>();
  for (const [scope, { written }] of values) {
    for (const name of scope.name === 'bpmn:process' ? [] : written) {
      const scopes = found.get(name) ?? [];
      if (scopes.length < MAX_SCOPES) {
        scopes.push(scope);
      }
      found.set(name, scopes);
    }
  }
  return found;
}

// Of very many that write a name, the first are named.
const MAX_SCOPES = 20;
