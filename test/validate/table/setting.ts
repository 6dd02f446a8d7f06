import {
  asking,
  callTask,
  flowOf,
  json,
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
      "a setting of this package's in a script": own(
        reading('environment.output.settings.fortnox_app_clientid'),
      ),
    },
    nearMisses: {
      'an address with it': asking({ url: `${SETTINGS}/_order_state` }),
      'an address that is no key': asking({ url: `${SETTINGS}/search` }),
      'an address that is worked out': asking({ url: `${SETTINGS}/\${environment.variables.key}` }),
      'a member of something else': own(reading('content.fortnox_app_clientid')),
    },
  },
  'setting-left': {
    finds: {
      'settings that stay': asking(tagged, { task: ALL, after: 'next();' }),
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
