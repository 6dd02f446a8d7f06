import { didYouMean } from '../../core/suggest.js';
import type { Found, Rule } from '../finding.js';
import { entriesOf } from '../flow/connectors.js';
import type { Connector, Parameter } from '../flow/model.js';

/** The connector that calls other systems. */
export const HTTP = 'httpRequest';

/** The connectors that call the Hub. */
export const HUB: readonly string[] = ['onifyApiRequest', 'onifyElevatedApiRequest'];

/** What a call can carry its body in. */
export const BODIES: readonly string[] = ['body', 'json', 'form', 'payload'];

const CONNECTORS = [HTTP, ...HUB];
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'];
const WRITES = /^(POST|PUT|PATCH|\$\{.*\})$/i;

/** Rules about calls of connectors. */
export const connectorRules: readonly Rule[] = [
  {
    id: 'connector-unknown',
    severity: 'error',
    why: 'A connector that the Hub does not have fails the flow when it is reached.',
    flow: ({ connectors, at }) =>
      connectors.flatMap(({ id, xml }): Found[] => {
        if (CONNECTORS.includes(id)) {
          return [];
        }
        const name = id === '' ? 'This connector has no id.' : `The Hub has no connector ${id}.`;
        const near = didYouMean(id, CONNECTORS);
        return [{ ...at(xml), message: `${name}${near || ` It has ${CONNECTORS.join(', ')}.`}` }];
      }),
  },
  {
    id: 'connector-url',
    severity: 'error',
    why: 'A call without an address, or with one of the wrong kind, fails.',
    flow: ({ connectors, at }) =>
      connectors.flatMap((connector): Found[] => {
        const url = inputOf(connector, 'url');
        if (!url || url.text === '') {
          return [{ ...at(url?.xml ?? connector.xml), message: 'This call has no url.' }];
        }
        const problem = url.text === undefined ? undefined : urlProblem(connector.id, url.text);
        return problem === undefined ? [] : [{ ...at(url.xml), message: problem }];
      }),
  },
  {
    id: 'connector-method',
    severity: 'error',
    why: 'A method that HTTP does not know is refused.',
    flow: ({ connectors, at }) =>
      connectors.flatMap((connector): Found[] => {
        const method = inputOf(connector, 'method');
        if (method?.text === undefined || method.text.includes('${')) {
          return [];
        }
        if (METHODS.includes(method.text.toUpperCase())) {
          return [];
        }
        const near =
          didYouMean(method.text.toUpperCase(), METHODS) ||
          ` It takes ${METHODS.slice(0, 5).join(', ')}.`;
        return [{ ...at(method.xml), message: `The method "${method.text}" is not known.${near}` }];
      }),
  },
  {
    id: 'connector-payload',
    severity: 'warning',
    why: 'A write without anything to write mostly wipes or creates something empty.',
    flow: ({ connectors, at }) =>
      connectors.flatMap((connector): Found[] => {
        if (!WRITES.test(inputOf(connector, 'method')?.text ?? '')) {
          return [];
        }
        if (BODIES.some((name) => inputOf(connector, name))) {
          return [];
        }
        // Running a workflow needs no body.
        if (inputOf(connector, 'url')?.text?.includes('/workflows/run/')) {
          return [];
        }
        const name = HUB.includes(connector.id) ? 'payload' : 'json, form or body';
        return [{ ...at(connector.xml), message: `This call writes, but has no ${name}.` }];
      }),
  },
  {
    id: 'connector-body',
    severity: 'error',
    why: 'A GET carries no body; got refuses the call.',
    flow: ({ connectors, at }) =>
      connectors.flatMap((connector): Found[] => {
        const method = inputOf(connector, 'method');
        const body = BODIES.map((name) => inputOf(connector, name)).find(
          (parameter) => parameter !== undefined,
        );
        const reads =
          method === undefined || (method.text !== undefined && /^(GET|HEAD)?$/i.test(method.text));
        if (!body || !reads || inputOf(connector, 'allowGetBody')) {
          return [];
        }
        const message = method
          ? 'A GET can have no body.'
          : 'This call has a body, but no method. Set it to POST or PUT.';
        return [{ ...at(body.xml), message }];
      }),
  },
  {
    id: 'settings-query',
    severity: 'warning',
    why: 'Without a tag a flow gets every setting of the Hub; without refresh the next read may miss what was written.',
    flow: ({ connectors, at }) =>
      connectors.flatMap((connector): Found[] => {
        const url = inputOf(connector, 'url');
        const query = inputOf(connector, 'query');
        const has = (name: string) =>
          url?.text?.includes(`${name}=`) ||
          (query &&
            (query.text !== undefined || entriesOf(query).some((entry) => entry.name === name)));
        if (!url?.text || !HUB.includes(connector.id)) {
          return [];
        }
        const reads = /^\/my\/config\/settings(\?|$)/.test(url.text);
        if (reads && !has('tag')) {
          return [
            {
              ...at(url.xml),
              message: 'This reads every setting of the Hub. Ask for those with a tag only.',
            },
          ];
        }
        const isDynamic = url.text.includes('${');
        const writes =
          WRITES.test(inputOf(connector, 'method')?.text ?? '') &&
          /^\/admin\/config\/settings/.test(url.text);
        if (isDynamic || !writes || has('refresh')) {
          return [];
        }
        return [
          {
            ...at(url.xml),
            message: 'Add refresh=true to the query, so that the next read sees what was written.',
          },
        ];
      }),
  },
];

/** @returns an input of a call by its name */
export function inputOf({ inputs }: Connector, name: string): Parameter | undefined {
  return inputs.find((parameter) => parameter.name === name);
}

function urlProblem(id: string, url: string): string | undefined {
  if (url.startsWith('${')) {
    return undefined;
  }
  if (HUB.includes(id)) {
    if (/^https?:/i.test(url)) {
      return 'The Hub is called by a path such as /my/…, not by a whole address.';
    }
    if (/^\/?api\/v\d/.test(url)) {
      return 'Leave /api/v2 out: the connector adds it.';
    }
    return undefined;
  }
  if (id !== HTTP || /^https?:\/\/[^/\s]/i.test(url)) {
    return undefined;
  }
  return `"${url}" is no whole address. Begin it with https://.`;
}
