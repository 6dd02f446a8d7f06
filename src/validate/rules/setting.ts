import type { Blueprint } from '../blueprint.js';
import { settingsWritten } from '../flow/setting-writes.js';
import type { SettingUse } from '../flow/summary.js';
import { nearHint } from '../near.js';
import { each, type Found, rulesOf } from '../rule.js';
import { problem } from '../text.js';
import { storedKeys } from './setting-name.js';

/** Rules about the keys of settings. */
export const settingRules = rulesOf({
  'setting-unknown': {
    error: 'A flow that reads a setting which nobody creates goes on with nothing.',
    blueprint: (blueprint) =>
      eachUse(blueprint, ({ name }, keys) => {
        const isUnknown = keys.length > 0 && name.startsWith('_') && !keys.includes(name);
        return isUnknown && `The blueprint creates no setting ${name}.${nearHint(name, keys)}`;
      }),
  },
  'setting-underscore': {
    error: 'Settings are stored with an underscore in front, which the admin page adds by itself.',
    flow: each('connectors', (connector, flow, blueprint) =>
      settingsWritten(connector, flow, blueprint).flatMap(({ members }) =>
        members.map(({ name, text = '', place }): Found => {
          const isKey = name === 'key' && /^[A-Za-z]/.test(text);
          const message = `A setting is stored under the key that it is made with. Write _${text}, as reads need the underscore.`;
          return isKey && problem(place, message);
        }),
      ),
    ),
    blueprint: (blueprint) => {
      const keys = new Set(storedKeys(blueprint));
      return eachUse(blueprint, ({ name, isPath }) => {
        const lacksIt = isPath ? !name.startsWith('_') : keys.has(`_${name}`);
        return lacksIt && `The setting is stored as _${name}. Write the underscore as well.`;
      });
    },
  },
});

/** Says what is wrong with each use of a setting. */
function eachUse(
  { flows, settingKeys = [] }: Blueprint,
  check: (use: SettingUse, keys: readonly string[]) => string | false,
): Found[] {
  return flows.flatMap(({ path, settings }) =>
    settings.map((use): Found => {
      const message = check(use, settingKeys);
      return message !== false && problem({ file: path, ...use }, message);
    }),
  );
}
