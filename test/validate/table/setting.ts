import {
  asking,
  callTask,
  flowOf,
  giving,
  json,
  map,
  ofFlow,
  own,
  parameters,
  put,
  SHORT,
  script,
  WORKFLOW,
} from './build.js';
import type { Input, Topic } from './rows.js';

const SETTINGS = '/my/config/settings';
const ALL = parameters(put('settings', '${content.output.body}'));
const tagged = { url: `${SETTINGS}?tag=order` };

/** A blueprint of two workflows, the second of which runs another one. */
const running = (key: string, prefix = ''): Input => {
  const name = (short: string) => `${prefix}${short}`;
  return {
    'config.json': json({
      workflow: ['order', 'other'].map((short) => ({
        ...WORKFLOW,
        key: name(short),
        bpmnresource: `/flows/${short}.bpmn`,
      })),
    }),
    'flows/order.bpmn': SHORT.replaceAll('"order"', `"${name('order')}"`),
    'flows/other.bpmn': flowOf(
      callTask(
        { url: `/my/workflows/run/${key}`, method: 'POST' },
        { connector: 'onifyApiRequest' },
      ),
      ['asked->work', 'work->done', 'work-failed->done'],
      name('other'),
    ),
  };
};
const making = (entries: Readonly<Record<string, string>>): Input =>
  asking({ url: '/admin/config/settings?refresh=true', method: 'POST', payload: map(entries) });
const documenting = (row: string): Input =>
  ofFlow(SHORT, { 'README.md': `# Order\n\nKey | Type | Tag\n---|---|---\n${row}\n` });
const reading = (path: string) => script(`next(null, ${path});\n`);

/** Rules about settings and the workflows that flows run. */
export const settings: Topic = {
  'setting-unknown': {
    finds: {
      "a setting that this package's blueprint does not create": own(
        reading('content._fortnox_app_clientids'),
      ),
      'the same in an address': own(
        asking({ url: `${SETTINGS}/_fortnox_app_id` }, { connector: 'onifyElevatedApiRequest' }),
      ),
    },
    nearMisses: {
      'a setting that it creates': own(reading('content._fortnox_app_clientid')),
      'the same in a blueprint of someone else': reading('content._fortnox_app_clientids'),
    },
  },
  'setting-underscore': {
    finds: {
      'an address without it': asking({ url: `${SETTINGS}/order_state` }),
      'a key of a setting that is made': making({ key: 'order_state', value: '1', type: 'string' }),
      "a setting of this package's in a script": own(
        reading('environment.output.settings.fortnox_app_clientid'),
      ),
    },
    nearMisses: {
      'an address with it': asking({ url: `${SETTINGS}/_order_state` }),
      'a key with it': making({ key: '_order_state', value: '1', type: 'string' }),
      'a key that is worked out': making({
        key: '${environment.variables.key}',
        value: '1',
        type: 'string',
      }),
      'an address that is no key': asking({ url: `${SETTINGS}/search` }),
      'an address that is worked out': asking({ url: `${SETTINGS}/\${environment.variables.key}` }),
      'a member of something else': own(reading('content.fortnox_app_clientid')),
    },
  },
  'setting-secret': {
    finds: {
      'a secret as a string': making({ key: '_order_secret', value: '1', type: 'string' }),
      'a secret as a string at its key': asking({
        url: '/admin/config/settings/_order_api_key?refresh=true',
        method: 'PUT',
        payload: map({ value: '1', type: 'string' }),
      }),
      'a secret of a script that browsers get': asking({
        url: '/admin/config/settings?refresh=true',
        method: 'POST',
        payload: giving(
          "next(null, { key: '_order_password', value: 1, type: 'password', tag: ['order', 'frontend'] });",
        ),
      }),
      'a password that browsers get': asking({
        url: '/admin/config/settings/_order_key?refresh=true',
        method: 'PUT',
        payload: giving("next(null, { value: 1, type: 'password', tag: ['order', 'frontend'] });"),
      }),
      'a password in a map that browsers get': asking({
        url: '/admin/config/settings/_order_key?refresh=true',
        method: 'PUT',
        payload: map({
          value: '1',
          type: 'password',
          tag: '<camunda:list><camunda:value>order</camunda:value><camunda:value>frontend</camunda:value></camunda:list>',
        }),
      }),
      'a row of a README with a password that browsers get': documenting(
        'order_key | password | `order`, `frontend`',
      ),
      'a row of a README': documenting('order_clientsecret | string | order'),
      'a row of a README with the tag frontend': documenting(
        '`order_token` | password | `order`, `frontend`',
      ),
      'a row between strokes': ofFlow(SHORT, {
        'README.md':
          '| Setting | Type | Tag |\n| --- | --- | --- |\n| order_secret | string | order |\n',
      }),
    },
    nearMisses: {
      'an id in a map that browsers get': asking({
        url: '/admin/config/settings/_order_clientid?refresh=true',
        method: 'PUT',
        payload: map({
          value: '1',
          type: 'string',
          tag: '<camunda:list><camunda:value>frontend</camunda:value></camunda:list>',
        }),
      }),
      'a password with another tag': asking({
        url: '/admin/config/settings/_order_key?refresh=true',
        method: 'PUT',
        payload: giving("next(null, { value: 1, type: 'password', tag: ['frontend-team'] });"),
      }),
      'a secret as a password': making({ key: '_order_secret', value: '1', type: 'password' }),
      'an address of tokens': making({ key: '_order_token_url', value: '1', type: 'string' }),
      'an object that holds a token': making({ key: '_order_token', value: '1', type: 'object' }),
      'a row of a README that is right': documenting('order_clientsecret | password | order'),
      'an id that browsers get': documenting('order_clientid | string | order,frontend'),
    },
  },
  'setting-left': {
    finds: {
      'settings that stay': asking(tagged, { task: ALL, after: 'next();' }),
      'of all settings one that is a secret': asking(tagged, {
        outputs: put('a', giving('next(null, body._order_secret);')),
        task: parameters(put('order', '${content.output.a}')),
        after: 'next();',
      }),
      'one setting that is a secret': asking(
        { url: `${SETTINGS}/_order_secret` },
        { task: ALL, after: 'next();' },
      ),
    },
    nearMisses: {
      'settings that are deleted': asking(tagged, {
        task: ALL,
        after: 'delete environment.output.settings;\nnext();',
      }),
      'settings of which all is written anew': asking(tagged, {
        task: ALL,
        after: 'environment.output = {};\nnext();',
      }),
      'of all settings some that are no secrets': asking(tagged, {
        outputs: put('a', giving('next(null, { state: body._order_state, at: body._order_at });')),
        task: parameters(put('order', '${content.output.a}')),
        after: 'next();',
      }),
      'one setting that is no secret': asking(
        { url: `${SETTINGS}/_order_state` },
        { task: ALL, after: 'next();' },
      ),
    },
  },
  'workflow-missing': {
    finds: {
      'a misspelled workflow': running('odrer'),
      'a workflow that begins as all of its own do': running('demo-invoice', 'demo-'),
    },
    nearMisses: {
      'a workflow that is there': running('order'),
      'one of the Hub': running('notify-someone', 'demo-'),
      'no other workflow to compare with': ofFlow(SHORT),
    },
  },
};
