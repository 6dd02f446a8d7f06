import { ALERT_EMAIL, settingSpecs } from '../../blueprint/manifest.js';
import { didYouMean } from '../../core/suggest.js';
import type { Found, Rule } from '../finding.js';
import { nodeParameters } from '../flow/connectors.js';
import type { Connector, Flow } from '../flow/model.js';
import type { Blueprint, FlowSummary, Use } from '../model.js';
import { allFacts } from './task.js';

const KEYS = [...settingSpecs.map(({ key }) => key), ALERT_EMAIL];
const SECRET = /secret|password|passwd|token|api_?key|credential/i;
// These carry what a flow tells the Hub; what is in them is meant to stay.
const KEPT = ['state', 'status', 'process', 'output'];

/** Rules about settings: their keys, and what becomes of what was read. */
export const settingRules: readonly Rule[] = [
  {
    id: 'setting-unknown',
    severity: 'error',
    why: 'A flow that reads a setting which nobody creates goes on with nothing.',
    blueprint: (blueprint) =>
      uses(
        blueprint,
        ({ name }) => blueprint.isOwn && name.startsWith('_') && !KEYS.includes(name),
      ).map((use) => ({
        ...use,
        message: `The blueprint creates no setting ${use.name}.${didYouMean(use.name, KEYS)}`,
      })),
  },
  {
    id: 'setting-underscore',
    severity: 'error',
    why: 'Settings are stored with an underscore in front, which the admin page adds by itself.',
    blueprint: (blueprint) =>
      uses(blueprint, ({ name, isPath }) =>
        isPath ? !name.startsWith('_') : blueprint.isOwn && KEYS.includes(`_${name}`),
      ).map((use) => ({
        ...use,
        message: `The setting is stored as _${use.name}. Write the underscore as well.`,
      })),
  },
  {
    id: 'setting-left',
    severity: 'warning',
    why: 'What stands in the output at the end is stored with the process, for everyone who may read it.',
    flow: (flow, blueprint) => {
      const cleared = clearedNames(flow, blueprint);
      return flow.connectors.filter(readsSecrets).flatMap((connector): Found[] => {
        const left = keptNames(connector).filter((name) => !cleared.has(name) && !cleared.has('*'));
        if (left.length === 0) {
          return [];
        }
        const message = `The settings stay in environment.output.${left.join(', ')}. Delete them in a script before the end.`;
        return [{ ...flow.at(connector.xml), message }];
      });
    },
  },
  {
    id: 'workflow-missing',
    severity: 'error',
    why: 'A flow that runs another one which is not there fails at that call.',
    blueprint: ({ flows, config }) => {
      const keys = (config?.workflows ?? []).map(({ key }) => key);
      return flows.flatMap(({ path, runs }) =>
        runs.flatMap(({ name, element, line }): Found[] => {
          if (keys.length === 0 || keys.includes(name) || !seemsOurs(name, keys)) {
            return [];
          }
          const message = `It runs ${name}, which is no workflow of this blueprint.${didYouMean(name, keys)}`;
          return [{ file: path, element, line, message }];
        }),
      );
    },
  },
];

type FoundUse = Use & { readonly file: string };

function uses(
  { flows }: Blueprint,
  wanted: (use: FlowSummary['settings'][number]) => boolean,
): FoundUse[] {
  return flows.flatMap(({ path, settings }) =>
    settings.filter(wanted).map((use) => ({ ...use, file: path })),
  );
}

/** Whether a key looks as if it belonged to this blueprint and not to the Hub: it begins as all of its keys do. */
function seemsOurs(name: string, keys: readonly string[]): boolean {
  if (didYouMean(name, keys) !== '') {
    return true;
  }
  const prefix = /^[a-z0-9]+-/.exec(keys[0] ?? '')?.[0];
  return (
    prefix !== undefined && keys.every((key) => key.startsWith(prefix)) && name.startsWith(prefix)
  );
}

function readsSecrets({ inputs }: Connector): boolean {
  const textOf = (name: string) => inputs.find((parameter) => parameter.name === name)?.text ?? '';
  if (!/^(GET)?$/i.test(textOf('method'))) {
    return false;
  }
  const match = /\/config\/settings(?:\/([^?]*))?(\?|$)/.exec(textOf('url'));
  // One setting that is no secret may stay; the whole map may hold any.
  return match !== null && (!match[1] || SECRET.test(match[1]));
}

/** Names under which what a call answered is kept in `environment.output`. */
function keptNames({ node }: Connector): string[] {
  const outputs = nodeParameters(node, 'camunda:outputParameter');
  return outputs.map(({ name }) => name).filter((name) => !KEPT.includes(name));
}

/** Names that some script of the flow deletes or writes anew; `*` where it clears them all. */
function clearedNames(flow: Flow, blueprint: Blueprint): Set<string> {
  const cleared = new Set<string>();
  for (const { chains } of allFacts(flow, blueprint)) {
    for (const { path, access } of chains) {
      if (access !== 'delete' && access !== 'write') {
        continue;
      }
      if (path === 'environment.output') {
        cleared.add('*');
      }
      const name = /^environment\.output\.([^.]+)$/.exec(path)?.[1];
      if (name !== undefined && (access === 'delete' || name !== '*')) {
        cleared.add(name);
      }
    }
  }
  return cleared;
}
