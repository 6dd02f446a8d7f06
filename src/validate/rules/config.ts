import { isRecord } from '../../core/json.js';
import type { Form } from '../form/facts.js';
import { type Found, rulesOf } from '../rule.js';
import type { ConfigFile } from '../source/config-json.js';
import { judge } from '../source/config-schema.js';
import { CONFIG, OTHER_CONFIG } from '../source/listing.js';
import { problem } from '../text.js';

/** What other templates have in place of `{{user.key}}`, which is shown as it is written. */
const OTHER_TEMPLATE =
  /[$#%]\{[^{}]*\}|<%[^%]*%>|(?<!\{)\{\s*(?:user|form|submit)\.[\w.]+\s*\}(?!\})/;

/** Rules about config.json itself. */
export const configRules = rulesOf({
  'config-missing': {
    error: 'Without config.json the Hub gets files, but no form and no workflow.',
    blueprint: ({ settingKeys, paths }) => {
      const message = 'There is no config.json, so the Hub imports neither forms nor workflows.';
      // What says nothing of its settings may be a part of a blueprint.
      const severity = settingKeys ? 'error' : 'warning';
      const isMissing = !paths.some((path) => path === CONFIG || OTHER_CONFIG.test(path));
      // Pages need none.
      const hasPages = paths.some((path) => /\.vue$/i.test(path));
      // Flows at the top are deployed from the modeler, as most public blueprints are.
      const isDeployed =
        settingKeys === undefined &&
        paths.some((path) => /\.bpmn$/i.test(path)) &&
        paths.every((path) => !/\.pug$/i.test(path) && !/\/.*\.bpmn$/i.test(path));
      const needsOne = !hasPages || paths.some((path) => /\.(bpmn|pug|js)$/i.test(path));
      return [isMissing && needsOne && !isDeployed && problem({}, message, severity)];
    },
  },
  'config-json': {
    error: 'The Hub imports config.json, so it has to be valid JSON.',
    blueprint: ({ configFile }) => [configFile?.problem],
  },
  'config-schema': {
    error:
      'An entry that lacks a field or holds a value of another type is refused or imported wrong.',
    blueprint: ({ configFile }) => (configFile ? judge(configFile).wrong : []),
  },
  'config-unknown': {
    warning:
      'A collection or field that Onify is not known to have is most likely misspelled, and then has no effect.',
    blueprint: ({ configFile }) => (configFile ? judge(configFile).unknown : []),
  },
  'config-template': {
    error: 'A name in curly brackets that are not closed is shown as it is written.',
    blueprint: ({ config }) =>
      (config?.forms ?? []).map((form): Found => {
        const isBroken = form.texts.some((text) => /\{\{(?![^{}]*\}\})/.test(text));
        const message = `The form ${form.slug} has a text with {{ that is not closed by }}.`;
        const [other] = form.texts.flatMap((text) => OTHER_TEMPLATE.exec(text)?.[0] ?? []);
        const hint = `The form ${form.slug} has a text with ${other}, which is shown as it is written. Write it as {{user.key}}.`;
        return isBroken ? problem(form, message) : other !== undefined && problem(form, hint);
      }),
  },
  'config-key': {
    warning:
      'A slug and a key stand in addresses of the Hub, where some characters end or part them.',
    blueprint: ({ config }) => {
      const forms = (config?.forms ?? []).map((form) => ({ ...form, key: form.slug, is: 'slug' }));
      const workflows = (config?.workflows ?? []).map((one) => ({ ...one, is: 'key' }));
      return [...forms, ...workflows].map(({ key, title, is, ...place }): Found => {
        const [wrong] = /[^\p{L}\p{M}\p{N}._~-]/u.exec(key) ?? [];
        const sign = wrong === ' ' ? 'a space' : `"${wrong}"`;
        const message = `The ${title} has ${sign} in its ${is}. Use letters, digits and hyphens.`;
        // One that is empty is told by another rule.
        return wrong !== undefined && key.trim() !== '' && problem(place, message);
      });
    },
  },
  'config-setting': {
    error:
      'The import takes no settings: the Hub would leave them out, and the flows would miss them.',
    blueprint: ({ configFile }) =>
      ['setting', 'settings'].map((name): Found => {
        const message = `The Hub does not import "${name}". Create settings through the settings API, as "install" does.`;
        const isThere = configFile && isRecord(configFile.value) && name in configFile.value;
        return isThere && problem(configFile.at([name]), message);
      }),
  },
  'config-duplicate': {
    error: 'Of two entries with the same key at most one can be kept.',
    blueprint: ({ configFile }) =>
      configFile
        ? [...duplicates(configFile, 'form', 'slug'), ...duplicates(configFile, 'workflow', 'key')]
        : [],
  },
  'config-process': {
    warning: 'A form without a process starts nothing when it is submitted.',
    blueprint: ({ config, forms, locate }) =>
      (config?.forms ?? []).map((form): Found => {
        const message = `The form ${form.slug} starts no workflow. Name one in process.workflow.`;
        const page = forms.find(({ path }) => path === locate(form.templates[0] ?? ''));
        return (
          form.workflow === undefined &&
          problem(form, message, page && isSent(page) ? 'error' : 'warning')
        );
      }),
  },
  'config-role': {
    warning: 'A form or workflow without a role may be started by everyone who is logged in.',
    blueprint: ({ config }) =>
      [...(config?.forms ?? []), ...(config?.workflows ?? [])].map((entry): Found => {
        const message = `The ${entry.title} has no role, so everyone may start it. Name who may in "role".`;
        return !entry.hasRole && problem(entry, message);
      }),
  },
});

/** Whether people fill a form in and send it, so that what they wrote must go somewhere. */
function isSent({ fields, runs, calls }: Form): boolean {
  const hidesButton = calls.some(({ attributes }) =>
    attributes.some(({ name, value }) => name === 'hideSubmitButton' && value !== false),
  );
  return fields.length > 0 && runs.length === 0 && !hidesButton;
}

/** Entries of a collection whose key stands in an earlier one. */
function duplicates({ value, at }: ConfigFile, collection: string, member: string): Found[] {
  const list = isRecord(value) ? value[collection] : undefined;
  const seen = new Set<unknown>();
  return (Array.isArray(list) ? list : []).map((entry: unknown, index): Found => {
    const key = isRecord(entry) ? entry[member] : undefined;
    const isRepeated = seen.has(key);
    seen.add(key);
    if (typeof key !== 'string' || !isRepeated) {
      return false;
    }
    const message = `There is a ${collection} ${key} above already. Give this one another ${member}, or remove it.`;
    return problem(at([collection, index, member]), message);
  });
}
