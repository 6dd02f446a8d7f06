import type { Blueprint } from '../blueprint.js';
import { BODIES, entriesOf, HTTP, HUB, inputOf } from '../flow/connectors.js';
import type { Connector, Flow, FlowScript } from '../flow/model.js';
import { elementsUnread } from '../flow/uses.js';
import { allFacts, fileFacts } from '../flow/values.js';
import { childOf, childrenOf, descendants } from '../flow/xml-query.js';
import { nearHint } from '../near.js';
import { each, rulesOf } from '../rule.js';
import type { ScriptFacts } from '../script/facts.js';
import { isPlainHttp, PLAIN_HTTP, type Problem, words } from '../text.js';

/** Options of onifyApiRequest (onify/camunda-modeler-plugin). */
const HUB_OPTIONS = words('url query method headers payload throwHttpErrors');

/** Options of the library got, version 14, and `query`, which public flows pass as well. */
const GOT_OPTIONS = words(`
  url method headers query searchParams body json form prefixUrl responseType throwHttpErrors
  timeout retry followRedirect maxRedirects methodRewriting decompress https http2 agent cookieJar
  ignoreInvalidCookies encoding resolveBodyOnly isStream allowGetBody username password dnsLookup
  dnsLookupIpVersion dnsCache cache hooks rejectUnauthorized localAddress createConnection setHost
  signal host port context`);

/** What other libraries call an option, and what it is here. */
const FOREIGN: Readonly<Record<string, readonly [got: string, hub: string]>> = {
  data: ['json, form or body', 'payload'],
  formData: ['form', 'payload'],
  params: ['searchParams', 'query'],
  qs: ['searchParams', 'query'],
  uri: ['url', 'url'],
  baseURL: ['prefixUrl', 'url'],
  baseUrl: ['prefixUrl', 'url'],
  auth: ['username and password', 'headers'],
};
const STATUS = /status_?code|\bok\b/i;
/** Where a status code is compared, and not only passed on. */
const DECIDES =
  /status_?code\s*([=!<>]=|[<>?])|[=<>]\s*[\w.]*status_?code|\b(if|switch|while)\s*\([^)]*status_?code/i;

/** Rules about the options of connectors. */
export const connectorOptionRules = rulesOf({
  'connector-option': {
    error:
      'An option that belongs to another connector is refused or dropped, and the call goes out without it.',
    flow: each('connectors', ({ id, inputs }, { at }) =>
      inputs.map(({ name, xml }) => {
        const { message, severity } = optionProblem(id, name) ?? {};
        return message !== undefined && at(xml, message, severity);
      }),
    ),
  },
  'connector-http': {
    warning: 'Over plain http anyone in between can read the traffic and answer it.',
    flow: each('connectors', ({ inputs }, { at }) =>
      [...inputs, ...inputs.flatMap(entriesOf)].map(({ name, text, xml }) => {
        // A header may name what it calls for by an address that nobody asks.
        const isName = /^(soapaction|content-type|prefer|link)$/i.test(name);
        return text !== undefined && !isName && isPlainHttp(text) && at(xml, PLAIN_HTTP);
      }),
    ),
  },
  'connector-status': {
    warning:
      'With throwHttpErrors off a refused call looks like a successful one, unless the status code is looked at.',
    flow: each('connectors', (connector, flow, blueprint) => {
      const { text, xml } = inputOf(connector, 'throwHttpErrors') ?? {};
      const isLost = text === '${false}' && !looksAtStatus(connector, flow, blueprint);
      const message =
        'HTTP errors are not thrown here, and nothing looks at statusCode. Look at it in the output.';
      return xml && isLost && flow.at(xml, message);
    }),
  },
  'connector-status-thrown': {
    warning:
      'Where HTTP errors are thrown, a script that decides by the status code never sees a refusal.',
    flow: each('connectors', (connector, flow, blueprint) => {
      const isSet = inputOf(connector, 'throwHttpErrors') !== undefined;
      const message =
        'Its output looks at statusCode, but HTTP errors are thrown. Set throwHttpErrors to ${false}.';
      const decides = !isSet && decidesByStatus(connector, flow, blueprint);
      return decides && flow.at(connector.xml, message);
    }),
  },
});

function optionProblem(
  id: string,
  name: string,
): Pick<Problem, 'message' | 'severity'> | undefined {
  if (name === '') {
    return { message: 'This parameter has no name. Give it one, or remove it.' };
  }
  if (id === HTTP && name === 'payload') {
    return { message: 'httpRequest has no option payload. Use json, form or body.' };
  }
  const known = id === HTTP ? GOT_OPTIONS : HUB.includes(id) ? HUB_OPTIONS : [name];
  if (known.includes(name)) {
    return undefined;
  }
  const foreign = Object.hasOwn(FOREIGN, name) ? FOREIGN[name] : undefined;
  const instead = foreign?.[id === HTTP ? 0 : 1];
  const isBody = id !== HTTP && BODIES.includes(name);
  const near = isBody ? ' Use payload.' : instead ? ` Use ${instead}.` : nearHint(name, known);
  // The lists may not be all that a Hub takes, so what looks like nothing known may be right.
  const severity = near === '' ? 'warning' : 'error';
  return { message: `${id} has no known option ${name}.${near}`, severity };
}

function decidesByStatus(connector: Connector, flow: Flow, blueprint: Blueprint): boolean {
  const scripts = connector.outputs.flatMap(({ xml }) => childOf(xml, 'camunda:script') ?? []);
  return (
    scripts.some(({ text }) => DECIDES.test(text)) ||
    (scripts.length > 0 && fileMentionsStatus(connector, flow, blueprint))
  );
}

function looksAtStatus(connector: Connector, flow: Flow, blueprint: Blueprint): boolean {
  const { node, outputs } = connector;
  const unread = elementsUnread(flow, blueprint);
  if (
    unread.has(node.id) ||
    [...descendants(node.xml)].some(({ text }) => STATUS.test(text)) ||
    fileMentionsStatus(connector, flow, blueprint)
  ) {
    return true;
  }
  // A connector without outputs passes the whole answer on, to be looked at by a later script or condition.
  const passesAll = outputs.length === 0 || childrenOf(node.xml, 'camunda:script').length > 0;
  return passesAll && (unread.size > 0 || isStatusMentioned(flow, blueprint));
}

function fileMentionsStatus({ node }: Connector, flow: Flow, blueprint: Blueprint): boolean {
  const own = scriptsAt(flow).get(node.id) ?? [];
  return own.flatMap((script) => fileFacts(script, blueprint) ?? []).some(mentionsStatus);
}

function mentionsStatus({ chains, free }: ScriptFacts): boolean {
  return chains.some(({ path }) => STATUS.test(path)) || free.some(({ name }) => STATUS.test(name));
}

const mentioned = new WeakMap<Flow, boolean>();

/** Whether any script or condition of a flow looks at a status; found out once. */
function isStatusMentioned(flow: Flow, blueprint: Blueprint): boolean {
  const isMentioned =
    mentioned.get(flow) ??
    (allFacts(flow, blueprint).some(mentionsStatus) ||
      flow.edges.some(({ condition }) => condition && STATUS.test(condition.text)));
  mentioned.set(flow, isMentioned);
  return isMentioned;
}

const scripts = new WeakMap<Flow, ReadonlyMap<string, readonly FlowScript[]>>();

/** The scripts of a flow by the ids of their elements. */
function scriptsAt(flow: Flow): ReadonlyMap<string, readonly FlowScript[]> {
  const known = scripts.get(flow);
  if (known) {
    return known;
  }
  const found = new Map<string, FlowScript[]>();
  for (const script of flow.scripts) {
    const list = found.get(script.element) ?? [];
    list.push(script);
    found.set(script.element, list);
  }
  scripts.set(flow, found);
  return found;
}
