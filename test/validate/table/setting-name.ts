import {
  asking,
  callTask,
  flowOf,
  giving,
  ofFlow,
  parameters,
  put,
  script,
  scriptTask,
} from './build.js';
import type { Input, Topic } from './rows.js';

const README = `# Orders

| key | type |
|---|---|
| \`orders_client_id\` | string |
| orders_client_secret | password |

They have the tag \`orders\`.
`;
const reading = (key: string, readme = README): Input => ({
  ...script(`next(null, environment.output.settings.${key});`),
  'README.md': readme,
});
const tagged = (tag: string): Input => ({
  ...asking({ url: `/my/config/settings?tag=${tag}`, method: 'GET' }),
  'README.md': README,
});

/** A flow that asks for settings, uses one of them, and writes it with a tag. */
const storing = (
  tag: string,
  asked = '/my/config/settings?tag=orders',
  used = '_orders_token',
  key = '_orders_token',
): Input => {
  const hub = { connector: 'onifyElevatedApiRequest' };
  const read = callTask(
    { url: asked, method: 'GET' },
    { ...hub, task: parameters(put('settings', '${content.output.body}')) },
  );
  const write = callTask(
    {
      url: `/admin/config/settings/${key}?refresh=true`,
      method: 'PUT',
      payload: giving(`next(null, { value: '1', type: 'string', tag: ['${tag}'] });`),
    },
    hub,
  ).replaceAll('"work', '"store');
  const use = scriptTask(`delete environment.output.settings.${used};\nnext();`, 'use');
  return ofFlow(
    flowOf(`${read}\n${use}\n${write}`, [
      'asked->work',
      'work->use',
      'use->store',
      'store->done',
      'work-failed->done',
      'store-failed->done',
    ]),
  );
};

/** Rules about names of settings. */
export const settingNames: Topic = {
  'setting-near': {
    finds: {
      'a letter less': reading('_orders_clientid'),
      'a letter less than in a list': reading(
        '_orders_clientid',
        'Settings:\n\n* `orders_client_id` (string)\n',
      ),
      'another case': reading('_orders_Client_id'),
    },
    nearMisses: {
      'a documented one': reading('_orders_client_id'),
      'a letter less than in a list of something else': reading(
        '_orders_clientid',
        'Scripts:\n\n* `orders_client_id` (a file)\n',
      ),
      'one like no other': reading('_billing_url'),
      'one that differs by a digit': reading('_orders_key2', '| key |\n|---|\n| orders_key1 |\n'),
    },
  },
  'settings-tag': {
    finds: {
      'a letter less': tagged('order'),
      'a setting that is written with another tag': storing('orders-oauth'),
      'a setting that is written with a letter less': storing('order'),
    },
    nearMisses: {
      'the tag': tagged('orders'),
      'another tag': tagged('billing'),
      'a setting that is written with the tag': storing('orders'),
      'a setting of another tag that nobody reads': storing('billing', undefined, '_orders_url'),
      'a setting that is asked for without a tag': storing('billing', '/my/config/settings'),
      'a setting that is asked for by its key': storing(
        'billing',
        '/my/config/settings/_orders_token',
      ),
    },
  },
};
