import { calling, json, map, own, SHORT, WORKFLOW } from './build.js';
import type { Input, Topic } from './rows.js';

const TOKEN = {
  url: 'https://apps.fortnox.se/oauth-v1/token',
  method: 'POST',
  headers: map({ authorization: '${environment.variables.basic}' }),
  form: map({ grant_type: 'refresh_token' }),
  timeout: map({ request: '${30000}' }),
  followRedirect: '${false}',
  throwHttpErrors: '${false}',
};
const token = (changes: Readonly<Record<string, string | undefined>>): Input => {
  const inputs = Object.entries({ ...TOKEN, ...changes }).flatMap(([name, text]) =>
    text === undefined ? [] : [[name, text] as const],
  );
  return calling(Object.fromEntries(inputs), { after: 'next(null, content.statusCode);' });
};
const SETTING = '/admin/config/settings/_fortnox_access_token';
const write = { url: SETTING, method: 'PUT', payload: map({ value: '1' }) };
const refreshed = { ...write, query: map({ refresh: 'true' }) };
const connector = 'onifyElevatedApiRequest';

/** Rules about this package alone. */
export const fortnox: Topic = {
  'fortnox-token-call': {
    finds: {
      'a call that follows a redirect': own(token({ followRedirect: undefined })),
      'a call that throws the answer away': own(token({ throwHttpErrors: '${true}' })),
      'a call with the address alone': own(calling({ url: TOKEN.url })),
    },
    nearMisses: {
      'a call with all that it needs': own(token({})),
      'a call of another address': own(
        token({ url: 'https://api.fortnox.se/3/me', followRedirect: undefined }),
      ),
      'the same in a blueprint of someone else': token({ followRedirect: undefined }),
    },
  },
  'fortnox-settings-call': {
    finds: {
      'a write as whoever runs it': own(calling(refreshed, { connector: 'onifyApiRequest' })),
    },
    nearMisses: {
      'a write with admin rights': own(calling(refreshed, { connector })),
      'another path of the Hub': own(
        calling({ url: '/my/bulletins' }, { connector: 'onifyApiRequest' }),
      ),
    },
  },
  'fortnox-write': {
    finds: { 'a write without refresh': own(calling(write, { connector })) },
    nearMisses: {
      'a write with it': own(calling(refreshed, { connector })),
      'a read': own(calling({ url: SETTING }, { connector })),
    },
  },
  'fortnox-schedule': {
    finds: {
      'a blueprint without a schedule': {
        'package.json': '{ "name": "fortnox-blueprint" }',
        'config.json': json({ workflow: [WORKFLOW] }),
        'flows/order.bpmn': SHORT,
      },
    },
    nearMisses: {
      'a blueprint with one': own({ 'flows/order.bpmn': SHORT }),
      'a blueprint of someone else': {
        'config.json': json({ workflow: [WORKFLOW] }),
        'flows/order.bpmn': SHORT,
      },
    },
  },
};
