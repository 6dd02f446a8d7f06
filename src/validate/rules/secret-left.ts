import type { Blueprint } from '../blueprint.js';
import { entriesOf, HTTP, HUB, inputOf, inputText, nodeOutputs } from '../flow/connectors.js';
import { bodiesOf } from '../flow/expressions.js';
import { type Left, leftSecrets } from '../flow/left.js';
import type { Connector, Flow, FlowNode, Parameter } from '../flow/model.js';
import { descendants } from '../flow/xml-query.js';
import { each, type Found, rulesOf } from '../rule.js';
import { words } from '../text.js';

const SECRET = /secret|password|passwd|token|api_?key|credential/i;
// These carry what a flow tells the Hub; what is in them is meant to stay.
const KEPT = words('state status process output');
const LEFT_END = 'Clear it on every path, also where the flow fails.';

/** Rules about secrets that a flow gets and where they stay. */
export const secretLeftRules = rulesOf({
  'setting-left': {
    error:
      'What stands in the output at the end is stored with the process, for everyone who may read it.',
    wholeFlow: (flow, blueprint) =>
      leftOf(flow, blueprint, settingOrigins(flow)).map(({ name, origin, end }) =>
        flow.at(
          origin.xml,
          `The settings stay in environment.output.${name} where the flow ends at ${end.id}. ${LEFT_END}`,
        ),
      ),
  },
  'token-left': {
    error: 'A token that stays in the output at the end is stored with the process.',
    wholeFlow: (flow, blueprint) => {
      const settings = settingOrigins(flow);
      const tokens = new Map([...tokenOrigins(flow)].filter(([name]) => !settings.has(name)));
      return leftOf(flow, blueprint, tokens).map(({ name, origin, end }) =>
        flow.at(
          origin.xml,
          `The token stays in environment.output.${name} where the flow ends at ${end.id}. ${LEFT_END}`,
        ),
      );
    },
  },
  'secret-in-address': {
    error: 'An address stands in every log on its way, and so does a secret in it.',
    flow: each('connectors', (connector, { at }) => {
      const url = inputOf(connector, 'url');
      const inUrl = url?.text !== undefined && /[?&#]/.test(url.text) ? url.text : '';
      const query = inUrl.slice(Math.max(0, inUrl.search(/[?&#]/)));
      const message =
        'A secret in an address stands in every log on its way. Send it in a header or in the body.';
      const entries = ['query', 'searchParams'].flatMap((name) => {
        const input = inputOf(connector, name);
        return input ? [input, ...entriesOf(input)] : [];
      });
      return [
        url !== undefined && holdsSecret(query) && at(url.xml, message),
        ...entries.map(
          ({ text, xml }): Found => text !== undefined && holdsSecret(text) && at(xml, message),
        ),
      ];
    }),
  },
});

/** Whether the last name of an expression in a text is that of a secret. */
function holdsSecret(text: string): boolean {
  return bodiesOf(text).some((body) => SECRET.test(body.split('.').at(-1) ?? ''));
}

function leftOf(
  flow: Flow,
  blueprint: Blueprint,
  origins: ReadonlyMap<string, readonly FlowNode[]>,
): Left[] {
  const byOrigin = new Map<FlowNode, Left>();
  for (const left of leftSecrets(flow, blueprint, origins)) {
    byOrigin.set(left.origin, byOrigin.get(left.origin) ?? left);
  }
  return [...byOrigin.values()];
}

/** The nodes that put settings into the output, by the names that they put them under. */
function settingOrigins(flow: Flow): Map<string, FlowNode[]> {
  return originsOf(flow.connectors.filter(readsSecrets).flatMap(({ node }) => outputsOf(node)));
}

function readsSecrets(connector: Connector): boolean {
  const match = /\/config\/settings(?:\/([^?]*))?(\?|$)/.exec(inputText(connector, 'url'));
  // One setting that is not secret may stay; the whole map may hold any.
  const mayBeSecret = match !== null && (!match[1] || SECRET.test(match[1]));
  return mayBeSecret && /^(GET)?$/i.test(inputText(connector, 'method'));
}

/** The nodes that put tokens into the output: what a token call gave, and what a call is authorised with. */
function tokenOrigins(flow: Flow): Map<string, FlowNode[]> {
  const used = new Set(flow.connectors.flatMap(authorisedBy));
  const asked = flow.connectors
    .filter(asksForToken)
    .flatMap(({ node }) => outputsOf(node).filter(({ output }) => givesToken(output)));
  const given = flow.nodes.flatMap((node) =>
    outputsOf(node).filter(({ output }) => used.has(output.name)),
  );
  return originsOf([...asked, ...given]);
}

function authorisedBy(connector: Connector): string[] {
  const headers = inputOf(connector, 'headers');
  const texts = headers
    ? entriesOf(headers).flatMap(({ name, text }) =>
        text !== undefined && /^(authorization|x-api-key)$/i.test(name) ? [text] : [],
      )
    : [];
  return texts.flatMap((text) =>
    [...text.matchAll(/\$\{environment\.output\.([\w$]+)/g)].map(([, name = '']) => name),
  );
}

function asksForToken(connector: Connector): boolean {
  if (connector.id !== HTTP && !HUB.includes(connector.id)) {
    return false;
  }
  const bodies = ['form', 'json', 'body'].flatMap((name) => inputOf(connector, name) ?? []);
  return bodies.some(
    (body) =>
      entriesOf(body).some(({ name }) => name === 'grant_type') ||
      body.text?.includes('grant_type=') === true,
  );
}

function givesToken({ xml, name }: Parameter): boolean {
  const texts = [...descendants(xml)].map(({ text }) => text).join(' ');
  return /_token|token\b/i.test(texts) || (/token/i.test(name) && texts.includes('content.output'));
}

interface Put {
  readonly node: FlowNode;
  readonly output: Parameter;
}

function outputsOf(node: FlowNode): Put[] {
  // A sub-process has an output of its own, which is gone when it ends.
  const isOfProcess = node.scope.name === 'bpmn:process';
  const outputs = isOfProcess ? nodeOutputs(node) : [];
  return outputs.flatMap((output) => (KEPT.includes(output.name) ? [] : [{ node, output }]));
}

function originsOf(puts: readonly Put[]): Map<string, FlowNode[]> {
  const origins = new Map<string, FlowNode[]>();
  for (const { node, output } of puts) {
    const list = origins.get(output.name) ?? [];
    if (!list.includes(node)) {
      list.push(node);
    }
    origins.set(output.name, list);
  }
  return origins;
}
