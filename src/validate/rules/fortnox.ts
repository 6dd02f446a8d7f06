import type { Found, Rule } from '../finding.js';
import { entriesOf } from '../flow/connectors.js';
import type { Connector } from '../flow/model.js';
import { HTTP, HUB, inputOf } from './connector.js';

// The flows take the address from the script that chose what to ask.
const TOKEN_URLS = [
  'https://apps.fortnox.se/oauth-v1/token',
  '${environment.output.work.request.url}',
];
const REFRESH = 'fortnox-refresh-access-token';

// What keeps one answer of Fortnox from being lost, and each call from being made twice.
const NEEDED = [
  {
    name: 'method',
    value: /^(POST|\$\{environment\.output\.work\.request\.method\})$/,
    what: 'POST',
  },
  { name: 'headers', value: /./, what: 'the authorization header' },
  { name: 'form', value: /./, what: 'the grant' },
  { name: 'timeout', value: /./, what: 'a limit' },
  { name: 'followRedirect', value: /^\$\{false\}$/, what: '${false}' },
  { name: 'throwHttpErrors', value: /^\$\{false\}$/, what: '${false}' },
];

/** Rules about this package alone: what keeps a connection to Fortnox from being lost. */
export const fortnoxRules: readonly Rule[] = [
  {
    id: 'fortnox-token-call',
    severity: 'error',
    why: 'A refresh token works once: a call that is redirected, hangs, or throws its answer away loses the connection.',
    flow: ({ connectors, at }, { isOwn }) =>
      connectors.flatMap((connector) => {
        const url = inputOf(connector, 'url')?.text ?? '';
        if (!isOwn || connector.id !== HTTP || !TOKEN_URLS.includes(url)) {
          return [];
        }
        return NEEDED.flatMap(({ name, value, what }): Found[] => {
          const parameter = inputOf(connector, name);
          const isSet = parameter && (parameter.text === undefined || value.test(parameter.text));
          if (isSet) {
            return [];
          }
          return [
            {
              ...at(parameter?.xml ?? connector.xml),
              message: `A call for a token needs ${name}: ${what}.`,
            },
          ];
        });
      }),
  },
  {
    id: 'fortnox-settings-call',
    severity: 'error',
    why: 'Who runs a flow may not read or write the settings, so every such call needs admin rights.',
    flow: ({ connectors, at }, { isOwn }) =>
      connectors.flatMap((connector): Found[] => {
        if (!isOwn || !touchesSettings(connector)) {
          return [];
        }
        if (connector.id === 'onifyElevatedApiRequest') {
          return [];
        }
        return [
          {
            ...at(connector.xml),
            message: 'Settings are read and written with onifyElevatedApiRequest.',
          },
        ];
      }),
  },
  {
    id: 'fortnox-write',
    severity: 'error',
    why: 'Without refresh the look after a save may see the old token, and save it again.',
    flow: ({ connectors, at }, { isOwn }) =>
      connectors.flatMap((connector): Found[] => {
        const query = inputOf(connector, 'query');
        if (!isOwn || !touchesSettings(connector) || !inputOf(connector, 'payload')) {
          return [];
        }
        if (query && entriesOf(query).some(({ name }) => name === 'refresh')) {
          return [];
        }
        return [
          {
            ...at(connector.xml),
            message: 'A write of a setting needs refresh=true in its query.',
          },
        ];
      }),
  },
  {
    id: 'fortnox-schedule',
    severity: 'error',
    why: 'A refresh token that nobody uses ends after 45 days, and with it the connection.',
    blueprint: ({ isOwn, flows, config }) => {
      if (!isOwn || !config || flows.length === 0) {
        return [];
      }
      const isScheduled = flows.some(
        ({ hasTimerStart, runs }) => hasTimerStart && runs.some(({ name }) => name === REFRESH),
      );
      if (isScheduled) {
        return [];
      }
      return [
        { file: 'config.json', message: `No flow that begins with a timer runs ${REFRESH}.` },
      ];
    },
  },
];

function touchesSettings(connector: Connector): boolean {
  const url = inputOf(connector, 'url')?.text ?? '';
  return (
    HUB.includes(connector.id) &&
    (/\/config\/settings/.test(url) || url === '${environment.output.write.url}')
  );
}
