import type { Blueprint } from '../blueprint.js';
import { words } from '../text.js';
import { bodyReads } from './body.js';
import { entriesOf, HTTP, HUB, inputOf, inputText, nodeOutputs } from './connectors.js';
import { objectsIn, textsIn } from './given.js';
import type { Connector, Flow, FlowNode, Parameter } from './model.js';
import { chainsIn, scopeOf } from './values.js';
import { descendants } from './xml-query.js';

/** What names of secrets hold. */
export const SECRET = /secret|password|passwd|token|api_?key|credential/i;
// These carry what a flow tells the Hub; what is in them is meant to stay.
const KEPT = words('state status process output');
const HEADER = /^((proxy-)?authorization|cookie|[\w-]*(token|secret|api-?key))$/i;
/** Members of a token call's body that are secrets (RFC 6749, RFC 7523). */
const GRANT = /^(client_secret|refresh_token|password|assertion|client_assertion)$/;
/** A secret that is copied may be copied again. */
const ROUNDS = 3;

/** The nodes that put secrets into the output, by the names that they put them under. */
export type Origins = ReadonlyMap<string, readonly FlowNode[]>;

/** @returns where settings are put into the output */
export function settingOrigins(flow: Flow, blueprint: Blueprint): Origins {
  const puts = flow.connectors
    .filter((connector) => readsSecrets(connector) && !takesPlainOnes(connector))
    .flatMap(({ node }) => outputsOf(node));
  return originsOf(withCopies(puts, flow, blueprint));
}

/** @returns where tokens are put into the output: what a token call gave, and what a call is authorised with */
export function tokenOrigins(flow: Flow, blueprint: Blueprint): Origins {
  const used = new Set(
    flow.connectors.flatMap((connector) => authorisedBy(connector, flow, blueprint)),
  );
  const asked = flow.connectors
    .filter((connector) => asksForToken(connector) || runsForToken(connector, flow, blueprint))
    .flatMap(({ node }) => outputsOf(node).filter(({ output }) => givesToken(output)));
  const given = flow.nodes.flatMap((node) =>
    outputsOf(node).filter(({ output }) => used.has(output.name)),
  );
  return originsOf(withCopies([...asked, ...given], flow, blueprint));
}

/** @returns whether a call reads settings that may be secret: one that is called so, or the map of many */
export function readsSecrets(connector: Connector): boolean {
  const match = /\/config\/settings(?:\/([^?]*))?(\?|$)/.exec(inputText(connector, 'url'));
  // One setting that is not secret may stay; the whole map may hold any.
  const mayBeSecret = match !== null && (!match[1] || SECRET.test(match[1]));
  return mayBeSecret && /^(GET)?$/i.test(inputText(connector, 'method'));
}

/** Whether a call takes of the settings only some by their names, none of which is a secret's. */
function takesPlainOnes({ outputs }: Connector): boolean {
  const texts = outputs.map(({ xml }) => [...descendants(xml)].map(({ text }) => text).join(' '));
  return (
    texts.length > 0 &&
    texts.every((text) => {
      const rest = text.replace(/\bbody\??\._\w+/g, (read) => (SECRET.test(read) ? read : ''));
      return rest !== text && !/\bbody\b|\b(content|response|result|resource)\b/.test(rest);
    })
  );
}

/** @returns whether a call asks for a token, as RFC 6749 has it */
export function asksForToken(connector: Connector): boolean {
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

/** Whether a call runs a flow for its token. */
function runsForToken(connector: Connector, flow: Flow, blueprint: Blueprint): boolean {
  const url = inputOf(connector, 'url');
  const texts = url && HUB.includes(connector.id) ? textsIn(url, flow, blueprint) : [];
  const reads = bodyReads(flow, blueprint).get(connector) ?? [];
  return (
    texts.some(({ text }) => text.includes('/workflows/run/')) &&
    reads.some(({ path }) => /^output\.(\w+_)?token$/.test(path))
  );
}

/** The names in the output of what a call is authorised with. */
function authorisedBy(connector: Connector, flow: Flow, blueprint: Blueprint): string[] {
  const membersOf = (name: string) => {
    const input = inputOf(connector, name);
    const objects = input ? objectsIn(input, flow, blueprint) : undefined;
    return objects?.flatMap(({ members }) => members) ?? [];
  };
  const bodies = words('form json').map(membersOf);
  const grants = bodies.filter((members) => members.some(({ name }) => name === 'grant_type'));
  const secrets = [
    ...membersOf('headers').filter(({ name }) => HEADER.test(name)),
    ...grants.flat().filter(({ name }) => GRANT.test(name)),
  ];
  const password = inputText(connector, 'password').match(/environment\.output\.[\w$.]+/g) ?? [];
  return [...secrets.flatMap(({ from = [] }) => from), ...password].flatMap(
    (path) => /^environment\.output\.([\w$]+)/.exec(path)?.[1] ?? [],
  );
}

function givesToken({ xml, name }: Parameter): boolean {
  const texts = [...descendants(xml)].map(({ text }) => text).join(' ');
  return /_token|token\b/i.test(texts) || (/token/i.test(name) && texts.includes('content.output'));
}

interface Put {
  readonly node: FlowNode;
  readonly output: Pick<Parameter, 'name'>;
}

function outputsOf(node: FlowNode): (Put & { readonly output: Parameter })[] {
  // A sub-process has an output of its own, which is gone when it ends.
  const isOfProcess = node.scope.name === 'bpmn:process';
  const outputs = isOfProcess ? nodeOutputs(node) : [];
  // A fixed value is what a clean-up leaves.
  const isFixed = ({ text }: Parameter) => text !== undefined && !/\$\{\s*[a-z]+\./i.test(text);
  return outputs.flatMap((output) =>
    KEPT.includes(output.name) || isFixed(output) ? [] : [{ node, output }],
  );
}

/** What puts secrets into the output, and the scripts that copy them there under other names. */
function withCopies(puts: readonly Put[], flow: Flow, blueprint: Blueprint): Put[] {
  const all: Put[] = [...puts];
  const names = new Set(all.map(({ output }) => output.name));
  if (names.size === 0) {
    return all;
  }
  const tasks = new Map(
    flow.nodes.flatMap((node) => (node.type === 'scriptTask' ? [[node.xml, node] as const] : [])),
  );
  const copies = chainsIn(flow, blueprint).flatMap(({ chain, xml }) => {
    const name = /^environment\.output\.([\w$]+)$/.exec(chain.path)?.[1];
    const node = tasks.get(xml) ?? (xml.parent && tasks.get(xml.parent));
    const isOwn = name !== undefined && chain.access === 'write' && !KEPT.includes(name);
    const from = (chain.from ?? []).flatMap((path) => secretOf(path) ?? []);
    const isOfProcess = scopeOf(xml)?.name === 'bpmn:process';
    return isOwn && node && isOfProcess && from.length > 0 ? [{ name, node, from }] : [];
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { name, node, from } of copies) {
      if (!names.has(name) && from.some((one) => names.has(one))) {
        names.add(name);
        all.push({ node, output: { name } });
      }
    }
  }
  return all;
}

/** The name in the output that a path takes whole, or a secret out of. */
function secretOf(path: string): string | undefined {
  const [, name, member] = /^environment\.output\.([\w$]+)(?:\.(.+))?$/.exec(path) ?? [];
  return member === undefined || SECRET.test(member) ? name : undefined;
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
