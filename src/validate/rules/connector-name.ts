import { HTTP, HUB, inputOf } from '../flow/connectors.js';
import { objectsIn, textsIn } from '../flow/given.js';
import type { Connector } from '../flow/model.js';
import { type ScriptAt, scriptUses } from '../flow/uses.js';
import { attribute, closest, descendants } from '../flow/xml-query.js';
import { isLetterOff } from '../letter-off.js';
import { each, type Found, rulesOf } from '../rule.js';
import { problem, words } from '../text.js';

const HEADERS = words(`
  Authorization Accept Accept-Charset Accept-Encoding Accept-Language Cache-Control Content-Type
  Content-Length Content-Disposition Content-Encoding Cookie If-Match If-None-Match
  If-Modified-Since Prefer Referer User-Agent X-Api-Key X-Requested-With X-Request-Id`);
/** What a name of a header is made of (RFC 9110). */
const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
/** Addresses of the Hub that are public (onify/functions, blueprints). */
const ADDRESSES = words(`
  /my/config/settings /my/workflows/run /my/processes/start /my/processes /my/login /my/items
  /my/bulletins /admin/config/settings /admin/workflows /admin/processes /admin/processes/start
  /admin/forms /admin/users /admin/items /admin/options /admin/resources /admin/resources/file
  /admin/resources/history /setup/database/config/import /setup/database/config/export
  /tools/sendmail`).map((path) => path.slice(1).split('/'));
/** What a text has as well. */
const OF_TEXT = new Set(
  words(`
    length trim includes indexOf startsWith endsWith match matchAll replace replaceAll split slice
    substring toString toLowerCase toUpperCase charAt test search substr padStart padEnd concat`),
);

/** Rules about what a call names, and what it makes of values. */
export const connectorNameRules = rulesOf({
  'header-name': {
    error:
      'A header under another name is not read, and the call is answered as if it were missing.',
    flow: each('connectors', (connector, flow, blueprint) => {
      const headers = inputOf(connector, 'headers');
      const objects = (headers && objectsIn(headers, flow, blueprint)) ?? [];
      const members = objects.flatMap((object) => object.members);
      return members.map(({ name, place }): Found => {
        if (name !== '' && !TOKEN.test(name)) {
          return problem(place, `"${name}" can't be the name of a header, so the call fails.`);
        }
        const lower = name.toLowerCase();
        const near = HEADERS.find((header) => isLetterOff(lower, header.toLowerCase()));
        const isKnown = HEADERS.some((header) => header.toLowerCase() === lower);
        const message = `There is no header ${name}. Did you mean ${near}?`;
        return near !== undefined && !isKnown && problem(place, message);
      });
    }),
  },
  'hub-address': {
    error: 'The Hub answers an address that it does not have with 404.',
    flow: each('connectors', (connector, flow, blueprint) => {
      const url = inputOf(connector, 'url');
      const texts = url && HUB.includes(connector.id) ? textsIn(url, flow, blueprint) : [];
      return texts.map(({ text, place }): Found => {
        const path = text
          .replace(/[?#].*$/s, '')
          .replaceAll('${}', '…')
          .slice(1);
        const near = text.startsWith('/') ? nearAddress(path.split('/')) : undefined;
        const message = `The Hub has no address /${path}. Did you mean /${near}?`;
        return near !== undefined && problem(place, message);
      });
    }),
  },
  'response-type': {
    error: 'Without responseType json the body of an answer is text, and has no such member.',
    flow: (flow, blueprint) => {
      const uses = new Map<string, ScriptAt[]>();
      for (const use of scriptUses(flow, blueprint)) {
        const list = uses.get(use.script.element) ?? [];
        list.push(use);
        uses.set(use.script.element, list);
      }
      return flow.connectors.map((connector): Found => {
        const type = inputOf(connector, 'responseType');
        const isText = connector.id === HTTP && (!type || type.text === 'text');
        const member = isText
          ? bodyMember(connector, uses.get(connector.node.id) ?? [])
          : undefined;
        const message = `The member ${member} of the body is read, but the body is text. Set responseType to json.`;
        return member !== undefined && flow.at(connector.xml, message);
      });
    },
  },
  'result-variable': {
    warning: 'A result can hardly be read where its name cannot stand behind a dot.',
    flow: each('nodes', ({ xml }, { at }) => {
      const name = attribute(xml, 'camunda:resultVariable');
      const message = `"${name}" is not a name. Use letters, digits and underscores.`;
      return name !== undefined && !/^[A-Za-z_$][\w$]*$/.test(name) && at(xml, message);
    }),
  },
});

/** The public address that a path is a letter off; undefined where it is one, or near none. */
function nearAddress(path: readonly string[]): string | undefined {
  const fits = (known: readonly string[]) => known.every((part, index) => path[index] === part);
  if (ADDRESSES.some((known) => known.length > 2 && fits(known))) {
    return undefined;
  }
  const near = ADDRESSES.find((known) => {
    const wrong = known.filter((part, index) => path[index] !== part);
    const [at = -1] = known.flatMap((part, index) => (path[index] !== part ? [index] : []));
    const word = path[at] ?? '';
    const meant = known[at] ?? '';
    return wrong.length === 1 && (isLetterOff(word, meant) || meant === `${word}es`);
  });
  return near?.join('/');
}

/** A member of the body that a connector's or its task's outputs read; undefined where they read none. */
function bodyMember(
  { node, outputs, xml }: Connector,
  uses: readonly ScriptAt[],
): string | undefined {
  const member = (path: string) => {
    const name = /^(?:content\.output\.)?body\.([\w$]+)/.exec(path)?.[1];
    return name !== undefined && !OF_TEXT.has(name) ? name : undefined;
  };
  const own = outputs.length > 0;
  const inTexts = [...descendants(node.xml)].flatMap((element) => {
    const isInput = closest(element, ({ name }) => name === 'camunda:inputParameter') !== undefined;
    return isInput || !/\$\{/.test(element.text)
      ? []
      : [...element.text.matchAll(/\$\{((?:content\.output\.)?body\.[\w$]+)/g)].flatMap(
          ([, path = '']) => member(path) ?? [],
        );
  });
  const inScripts = uses.flatMap(({ script, facts }) => {
    const isOfConnector = closest(script.xml, (one) => one === xml) !== undefined;
    const isOutput = closest(script.xml, ({ name }) => name === 'camunda:outputParameter');
    // Where the connector puts out values of its own, content.output.body is one of these.
    const pattern = isOfConnector ? /^body\./ : /^content\.output\.body\./;
    const parses = facts.chains.some(({ path }) => path === 'JSON.parse');
    const applies = isOutput && !parses && (isOfConnector || !own);
    return applies
      ? facts.chains.flatMap(({ path, access }) =>
          pattern.test(path) && access === 'read' ? (member(path) ?? []) : [],
        )
      : [];
  });
  return inTexts[0] ?? inScripts[0];
}
