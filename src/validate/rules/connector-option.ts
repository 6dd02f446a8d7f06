import { didYouMean } from '../../core/suggest.js';
import type { Found, Rule } from '../finding.js';
import { entriesOf } from '../flow/connectors.js';
import type { Connector, Flow } from '../flow/model.js';
import { childOf, childrenOf, descendants } from '../flow/xml-query.js';
import type { Blueprint } from '../model.js';
import type { ScriptFacts } from '../script/facts.js';
import { BODIES, HTTP, HUB, inputOf } from './connector.js';
import { isPlainHttp } from './script.js';
import { allFacts } from './task.js';

/** Rules about the options of connectors. */
export const connectorOptionRules: readonly Rule[] = [
  {
    id: 'connector-option',
    severity: 'error',
    why: 'An option that belongs to another connector is refused or dropped, and the call goes out without it.',
    flow: ({ connectors, at }) =>
      connectors.flatMap(({ id, inputs }) =>
        inputs.flatMap(({ name, xml }): Found[] => {
          const problem = optionProblem(id, name);
          return problem === undefined ? [] : [{ ...at(xml), ...problem }];
        }),
      ),
  },
  {
    id: 'connector-type',
    severity: 'error',
    why: 'Text is no switch: got refuses "false" where it wants false, and elsewhere any text may count as true.',
    flow: ({ connectors, at }) =>
      connectors.flatMap(({ id, inputs }) => {
        // Whether the Hub's own connectors read text as a value is not public.
        const severity = id === HTTP ? ('error' as const) : ('warning' as const);
        const inner = inputs.flatMap((parameter) =>
          parameter.name === 'timeout' ? entriesOf(parameter) : [],
        );
        return [...inputs, ...inner].flatMap(({ name, text, xml }): Found[] => {
          if (text === undefined || !isTyped(name, text)) {
            return [];
          }
          return [
            {
              ...at(xml),
              message: `"${text}" is text here. Write $\{${text}} for the value.`,
              severity,
            },
          ];
        });
      }),
  },
  {
    id: 'connector-http',
    severity: 'warning',
    why: 'Over plain http everybody on the way reads along and may answer.',
    flow: ({ connectors, at }) =>
      connectors.flatMap(({ inputs }) =>
        [...inputs, ...inputs.flatMap(entriesOf)].flatMap(({ text, xml }): Found[] =>
          text !== undefined && isPlainHttp(text)
            ? [{ ...at(xml), message: 'This address is plain http. Use https.' }]
            : [],
        ),
      ),
  },
  {
    id: 'connector-status',
    severity: 'warning',
    why: 'With throwHttpErrors off a refused call looks like a successful one, unless the status code is looked at.',
    flow: (flow, blueprint) =>
      flow.connectors.flatMap((connector): Found[] => {
        const parameter = inputOf(connector, 'throwHttpErrors');
        if (parameter?.text !== '${false}' || looksAtStatus(connector, flow, blueprint)) {
          return [];
        }
        const message =
          'HTTP errors are not thrown here, and nothing looks at statusCode. Look at it in the output.';
        return [{ ...flow.at(parameter.xml), message }];
      }),
  },
  {
    id: 'connector-status-thrown',
    severity: 'warning',
    why: 'Where HTTP errors are thrown, a script that decides by the status code never sees a refusal.',
    flow: (flow, blueprint) =>
      flow.connectors.flatMap((connector): Found[] => {
        if (inputOf(connector, 'throwHttpErrors') || !decidesByStatus(connector, flow, blueprint)) {
          return [];
        }
        const message =
          'Its output looks at statusCode, but HTTP errors are thrown. Set throwHttpErrors to ${false}.';
        return [{ ...flow.at(connector.xml), message }];
      }),
  },
];

/** Options of onifyApiRequest (onify/camunda-modeler-plugin). */
const HUB_OPTIONS = ['url', 'query', 'method', 'headers', 'payload', 'throwHttpErrors'];

/** Options of the library got, version 14, and `query`, which public flows pass as well. */
const GOT_OPTIONS = [
  ...[
    'url',
    'method',
    'headers',
    'query',
    'searchParams',
    'body',
    'json',
    'form',
    'prefixUrl',
    'responseType',
  ],
  ...[
    'throwHttpErrors',
    'timeout',
    'retry',
    'followRedirect',
    'maxRedirects',
    'methodRewriting',
    'decompress',
  ],
  ...[
    'https',
    'http2',
    'agent',
    'cookieJar',
    'ignoreInvalidCookies',
    'encoding',
    'resolveBodyOnly',
    'isStream',
  ],
  ...[
    'allowGetBody',
    'username',
    'password',
    'dnsLookup',
    'dnsLookupIpVersion',
    'dnsCache',
    'cache',
    'hooks',
  ],
  ...[
    'rejectUnauthorized',
    'localAddress',
    'createConnection',
    'setHost',
    'signal',
    'host',
    'port',
    'context',
  ],
];

const SWITCHES =
  /^(throwHttpErrors|followRedirect|decompress|http2|isStream|resolveBodyOnly|rejectUnauthorized)$/;
const NUMBERS =
  /^(timeout|retry|maxRedirects|request|connect|response|lookup|socket|send|secureConnect)$/;
const STATUS = /status_?code/i;

function optionProblem(id: string, name: string): Pick<Found, 'message' | 'severity'> | undefined {
  if (name === '') {
    return { message: 'This parameter has no name.' };
  }
  if (id === HTTP && name === 'payload') {
    return { message: 'httpRequest knows no payload. Use json, form or body.' };
  }
  const known = id === HTTP ? GOT_OPTIONS : HUB.includes(id) ? HUB_OPTIONS : undefined;
  if (!known || known.includes(name)) {
    return undefined;
  }
  const near = id !== HTTP && BODIES.includes(name) ? ' Use payload.' : didYouMean(name, known);
  // The lists may not be all that a Hub takes, so what looks like nothing known may be right.
  return { message: `${id} knows no ${name}.${near}`, severity: near === '' ? 'warning' : 'error' };
}

function isTyped(name: string, text: string): boolean {
  if (SWITCHES.test(name)) {
    return /^(true|false)$/i.test(text);
  }
  return NUMBERS.test(name) && /^\d+$/.test(text);
}

function decidesByStatus(connector: Connector, flow: Flow, blueprint: Blueprint): boolean {
  return connector.outputs.some(({ xml }) => {
    const script = childOf(xml, 'camunda:script');
    if (!script) {
      return false;
    }
    if (STATUS.test(script.text)) {
      return true;
    }
    return filesOf(connector, flow, blueprint).some(mentionsStatus);
  });
}

function looksAtStatus(connector: Connector, flow: Flow, blueprint: Blueprint): boolean {
  for (const { text } of descendants(connector.node.xml)) {
    if (STATUS.test(text)) {
      return true;
    }
  }
  if (filesOf(connector, flow, blueprint).some(mentionsStatus)) {
    return true;
  }
  // A connector without outputs passes the whole answer on, to be looked at by a later script or condition.
  if (
    connector.outputs.length > 0 &&
    childrenOf(connector.node.xml, 'camunda:script').length === 0
  ) {
    return false;
  }
  if (allFacts(flow, blueprint).some(mentionsStatus)) {
    return true;
  }
  return flow.edges.some(({ condition }) => condition !== undefined && STATUS.test(condition.text));
}

function filesOf({ node }: Connector, { scripts }: Flow, blueprint: Blueprint): ScriptFacts[] {
  return scripts.flatMap(({ element, resource, body }) => {
    if (element !== node.id || resource === undefined || body !== undefined) {
      return [];
    }
    return blueprint.scripts.get(blueprint.locate(resource) ?? '') ?? [];
  });
}

function mentionsStatus({ chains, free }: ScriptFacts): boolean {
  return chains.some(({ path }) => STATUS.test(path)) || free.some(({ name }) => STATUS.test(name));
}
