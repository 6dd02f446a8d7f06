import {
  type Connector,
  each,
  entriesOf,
  HTTP,
  HUB,
  inputOf,
  inputText,
  packageOf,
  rulesOf,
  type ValidationOptions,
} from '../validate/index.js';
import { allSettingSpecs, WORKFLOWS } from './manifest.js';

// The flows take the address from the script that chose what to ask.
const TOKEN_URLS = [
  'https://apps.fortnox.se/oauth-v1/token',
  '${environment.output.work.request.url}',
];

// What keeps one answer of Fortnox from being lost, and each call from being made twice.
const NEEDED = [
  {
    name: 'method',
    value: /^(POST|\$\{environment\.output\.work\.request\.method\})$/,
    what: 'the method POST',
  },
  { name: 'headers', value: /./, what: 'an authorization header' },
  { name: 'form', value: /./, what: 'a form with the grant' },
  { name: 'timeout', value: /./, what: 'a timeout' },
  { name: 'followRedirect', value: /^\$\{false\}$/, what: 'followRedirect set to ${false}' },
  { name: 'throwHttpErrors', value: /^\$\{false\}$/, what: 'throwHttpErrors set to ${false}' },
];

/** Rules about this package alone: what keeps a connection to Fortnox from being lost. */
export const packageRules = rulesOf({
  'fortnox-token-call': {
    error:
      'A refresh token works once: a call that is redirected, hangs, or throws its answer away loses the connection.',
    flow: each('connectors', (connector, { at }) => {
      const asks = connector.id === HTTP && TOKEN_URLS.includes(inputText(connector, 'url'));
      return (asks ? NEEDED : []).map(({ name, value, what }) => {
        const { text, xml } = inputOf(connector, name) ?? {};
        const isSet = xml && (text === undefined || value.test(text));
        return !isSet && at(xml ?? connector.xml, `A call for a token needs ${what}.`);
      });
    }),
  },
  'fortnox-settings-call': {
    error:
      'Whoever runs a flow may lack the right to read or write settings, so every such call needs admin rights.',
    flow: each('connectors', (connector, { at }) => {
      const hasRights = connector.id === 'onifyElevatedApiRequest';
      const message = 'Read and write settings with onifyElevatedApiRequest.';
      return touchesSettings(connector) && !hasRights && at(connector.xml, message);
    }),
  },
  'fortnox-write': {
    error: 'Without refresh the check after a save may read the old token, and save again.',
    flow: each('connectors', (connector, { at }) => {
      const query = inputOf(connector, 'query');
      const refreshes = query && entriesOf(query).some(({ name }) => name === 'refresh');
      const writes = touchesSettings(connector) && inputOf(connector, 'payload');
      const message = 'A write of a setting needs refresh=true in its query.';
      return writes && !refreshes && at(connector.xml, message);
    }),
  },
  'fortnox-schedule': {
    error:
      'A refresh token is counted on for 31 days; unused for longer it runs out, and the connection ends with it.',
    blueprint: ({ flows, config }) => {
      const isScheduled = flows.some(
        ({ hasTimerStart, runs }) =>
          hasTimerStart && runs.some(({ name }) => name === WORKFLOWS.refreshToken),
      );
      const message = `No flow that begins with a timer runs ${WORKFLOWS.refreshToken}.`;
      return [config && flows.length > 0 && !isScheduled && { message }];
    },
  },
});

/**
 * Tells what holds for this package alone.
 *
 * @param root a blueprint's folder
 * @returns what the validator has to know besides its own rules; nothing where it is another blueprint
 */
export function ownRules(root: string): Pick<ValidationOptions, 'extraRules' | 'settingKeys'> {
  // A copy or checkout counts as well, wherever it lies.
  const isOwn = packageOf(root).name === 'fortnox-blueprint';
  return isOwn
    ? { extraRules: packageRules, settingKeys: allSettingSpecs.map(({ key }) => key) }
    : {};
}

function touchesSettings(connector: Connector): boolean {
  const url = inputText(connector, 'url');
  const isOfSettings = /\/config\/settings/.test(url) || url === '${environment.output.write.url}';
  return HUB.includes(connector.id) && isOfSettings;
}
