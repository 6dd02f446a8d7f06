import { didYouMean } from '../../core/suggest.js';
import type { Blueprint } from '../blueprint.js';
import { inputText, nodeOutputs } from '../flow/connectors.js';
import type { Connector, Flow } from '../flow/model.js';
import type { SettingUse } from '../flow/summary.js';
import { allFacts } from '../flow/values.js';
import { type Found, rulesOf } from '../rule.js';
import { problem, words } from '../text.js';

const SECRET = /secret|password|passwd|token|api_?key|credential/i;
// These carry what a flow tells the Hub; what is in them is meant to stay.
const KEPT = words('state status process output');

/** Rules about settings: their keys, and what becomes of what was read. */
export const settingRules = rulesOf({
  'setting-unknown': {
    error: 'A flow that reads a setting which nobody creates goes on with nothing.',
    blueprint: (blueprint) =>
      eachUse(blueprint, ({ name }, keys) => {
        const isUnknown = keys.length > 0 && name.startsWith('_') && !keys.includes(name);
        return isUnknown && `The blueprint creates no setting ${name}.${didYouMean(name, keys)}`;
      }),
  },
  'setting-underscore': {
    error: 'Settings are stored with an underscore in front, which the admin page adds by itself.',
    blueprint: (blueprint) =>
      eachUse(blueprint, ({ name, isPath }, keys) => {
        const lacksIt = isPath ? !name.startsWith('_') : keys.includes(`_${name}`);
        return lacksIt && `The setting is stored as _${name}. Write the underscore as well.`;
      }),
  },
  'setting-left': {
    warning:
      'What stands in the output at the end is stored with the process, for everyone who may read it.',
    flow: (flow, blueprint) => {
      const cleared = clearedNames(flow, blueprint);
      return flow.connectors.filter(readsSecrets).map(({ node, xml }): Found => {
        const names = nodeOutputs(node).map(({ name }) => name);
        const left = names.filter((name) => !KEPT.includes(name) && !cleared.has(name));
        const message = `The settings stay in environment.output.${left.join(', ')}. Delete them in a script before the end.`;
        return left.length > 0 && !cleared.has('*') && flow.at(xml, message);
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

function readsSecrets(connector: Connector): boolean {
  const match = /\/config\/settings(?:\/([^?]*))?(\?|$)/.exec(inputText(connector, 'url'));
  // One setting that is not secret may stay; the whole map may hold any.
  const mayBeSecret = match !== null && (!match[1] || SECRET.test(match[1]));
  return mayBeSecret && /^(GET)?$/i.test(inputText(connector, 'method'));
}

/** Names that some script of the flow deletes or writes anew; `*` where it clears them all. */
function clearedNames(flow: Flow, blueprint: Blueprint): Set<string> {
  const chains = allFacts(flow, blueprint).flatMap((facts) => facts.chains);
  const clearing = chains.filter(({ access }) => access === 'delete' || access === 'write');
  return new Set(
    clearing.flatMap(({ path, access }) => {
      if (path === 'environment.output') {
        return ['*'];
      }
      const name = /^environment\.output\.([^.]+)$/.exec(path)?.[1];
      return name !== undefined && (access === 'delete' || name !== '*') ? [name] : [];
    }),
  );
}
