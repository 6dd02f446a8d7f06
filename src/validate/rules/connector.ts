import { addressProblem } from '../flow/address.js';
import { BODIES, entriesOf, HTTP, HUB, inputOf, inputText } from '../flow/connectors.js';
import { textsIn } from '../flow/given.js';
import type { Connector } from '../flow/model.js';
import { isLetterOff } from '../letter-off.js';
import { nearHint } from '../near.js';
import { each, type Found, rulesOf } from '../rule.js';
import { problem, words } from '../text.js';

const CONNECTORS = [HTTP, ...HUB];
const METHODS = words('GET POST PUT PATCH DELETE HEAD OPTIONS TRACE');
const WRITES = /^(POST|PUT|PATCH|\$\{.*\})$/i;

const ACTION =
  /\/(re)?(start|set|set-?password|send|run|try|sync|fresh|build|index|open|voke\w*|new|calculate)(?=[?#'"`]|\s*$)|\/(stop|trigger|enable|disable|(de)?activate|(un)?lock|cancel|close|approve|reject|archive|publish|ping|logout|complete|test|scan)(?=[?#'"`]|\s*$)/i;

/** Rules about calls of connectors. */
export const connectorRules = rulesOf({
  'connector-unknown': {
    error: 'A connector that the Hub does not have fails the flow when it is reached.',
    flow: each('connectors', ({ id, xml }, { at }) => {
      const name = id === '' ? 'This connector has no id.' : `The Hub has no connector ${id}.`;
      const near = nearHint(id, CONNECTORS) || ` It has ${CONNECTORS.join(', ')}.`;
      return !CONNECTORS.includes(id) && at(xml, name + near);
    }),
  },
  'connector-url': {
    error: 'A call without an address, or with one of the wrong kind, fails.',
    flow: each('connectors', (connector, flow, blueprint) => {
      const url = inputOf(connector, 'url');
      if (!url || url.text === '') {
        return flow.at(url?.xml ?? connector.xml, 'This call has no url. Give it one.');
      }
      if (inputOf(connector, 'prefixUrl')) {
        return false;
      }
      return textsIn(url, flow, blueprint).map(({ text, place }): Found => {
        const { message, isLikely } = addressProblem(connector.id, text) ?? {};
        const severity = isLikely ? 'warning' : 'error';
        return message !== undefined && problem(place, message, severity);
      });
    }),
  },
  'connector-method': {
    error: 'A method that HTTP does not have is refused.',
    flow: each('connectors', (connector, { at }) => {
      const { text, xml } = inputOf(connector, 'method') ?? {};
      if (!xml || text === undefined || text.includes('${')) {
        return false;
      }
      const method = text.toUpperCase();
      // What is short comes near to anything.
      const alike = METHODS.filter((known) => known[0] === method[0]);
      const hint = nearHint(method, alike) || ` Use ${METHODS.slice(0, 5).join(', ')}.`;
      return !METHODS.includes(method) && at(xml, `HTTP has no method "${text}".${hint}`);
    }),
  },
  'connector-payload': {
    warning:
      'A write with nothing to write mostly wipes what is there, or creates something empty.',
    flow: each('connectors', (connector, flow, blueprint) => {
      const name = HUB.includes(connector.id) ? 'payload' : 'json, form or body';
      // One under another library's name is told by another rule.
      const hasBody = [...BODIES, 'data', 'formData'].some((body) => inputOf(connector, body));
      const url = inputOf(connector, 'url');
      const texts = url ? textsIn(url, flow, blueprint) : [];
      // Running a workflow needs no body.
      const runs = texts.some(({ text }) => text.includes('/workflows/run/'));
      // A method that is worked out may be one that reads.
      const isFixed = !inputText(connector, 'method').includes('${');
      const isEmpty = isFixed && writes(connector) && !hasBody && !runs && !isAction(connector);
      return (
        isEmpty && flow.at(connector.xml, `This call writes, but has no ${name}. Give it one.`)
      );
    }),
  },
  'connector-body': {
    error: 'A GET carries no body; got refuses the call.',
    flow: each('connectors', (connector, { at }) => {
      const method = inputOf(connector, 'method');
      const [body] = BODIES.flatMap((name) => inputOf(connector, name) ?? []);
      const reads = !method || (method.text !== undefined && /^(GET|HEAD)?$/i.test(method.text));
      const message = method
        ? 'A GET can have no body. Remove it, or set the method to POST or PUT.'
        : 'This call has a body, but no method. Set it to POST or PUT.';
      return body && reads && !inputOf(connector, 'allowGetBody') && at(body.xml, message);
    }),
  },
  'settings-query': {
    warning:
      'Without a tag a flow gets every setting of the Hub; without refresh the next read may miss what was written.',
    flow: each('connectors', (connector, { at }, { settingKeys }) => {
      const url = inputOf(connector, 'url');
      if (!url?.text || !HUB.includes(connector.id)) {
        return false;
      }
      const isFixed = !url.text.includes('${');
      if (/^\/my\/config\/settings(\?|$)/.test(url.text) && !asksFor(connector, 'tag')) {
        const query = inputOf(connector, 'query');
        const near = (query ? entriesOf(query) : []).find(({ name }) => isLetterOff(name, 'tag'));
        return near
          ? at(near.xml, `The query has no ${near.name}. Did you mean tag?`, 'error')
          : at(url.xml, 'This reads every setting of the Hub. Ask only for those with a tag.');
      }
      const isOfSettings = isFixed && /^\/admin\/config\/settings/.test(url.text);
      return (
        isOfSettings &&
        writes(connector) &&
        // Where it is known which settings there are, a rule of the blueprint's own says it as an error.
        settingKeys === undefined &&
        !asksFor(connector, 'refresh') &&
        at(url.xml, 'Add refresh=true to the query, so that the next read sees what was written.')
      );
    }),
  },
});

function writes(connector: Connector): boolean {
  return WRITES.test(inputText(connector, 'method'));
}

/** Whether the address ends with what is to be done, which may need nothing more: `/users/1/reset`. */
function isAction(connector: Connector): boolean {
  const url = inputOf(connector, 'url')?.xml;
  return url !== undefined && [url, ...url.children].some(({ text }) => ACTION.test(text));
}

/** Whether a call's address or query has a parameter, or may have it. */
function asksFor(connector: Connector, name: string): boolean {
  const query = inputOf(connector, 'query');
  const mayHave =
    query && (query.text !== undefined || entriesOf(query).some((one) => one.name === name));
  return inputText(connector, 'url').includes(`${name}=`) || mayHave === true;
}
