import { asking, script } from './build.js';
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
    finds: { 'a letter less': tagged('order') },
    nearMisses: { 'the tag': tagged('orders'), 'another tag': tagged('billing') },
  },
};
