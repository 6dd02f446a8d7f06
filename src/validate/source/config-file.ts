import { isRecord } from '../../core/json.js';
import { suggestion } from '../../core/suggest.js';
import type { Position } from '../text.js';
import type { ConfigFile, Path } from './config-json.js';

/** A Hub path that config.json names. */
interface Reference extends Position {
  /** As it stands there, such as `/flows/x.bpmn`. */
  readonly path: string;
  readonly kind: 'form' | 'workflow';
  /** What names it, such as `form fortnox-activate`. */
  readonly from: string;
}

/** A form of config.json. */
interface ConfigForm extends Position {
  readonly slug: string;
  /** What it is called in a sentence, such as `form fortnox-activate`. */
  readonly title: string;
  /** Hub paths of the form and of its result page. */
  readonly templates: readonly string[];
  /** Key of the workflow that it starts. */
  readonly workflow: string | undefined;
  readonly hasRole: boolean;
  readonly roles: readonly string[];
  readonly tags: readonly string[];
  /** Its titles and its description, in which the Hub fills in `{{user.key}}`. */
  readonly texts: readonly string[];
}

/** A workflow of config.json. */
interface ConfigWorkflow extends Position {
  readonly key: string;
  readonly title: string;
  readonly bpmnresource: string | undefined;
  readonly hasRole: boolean;
  readonly roles: readonly string[];
  readonly tags: readonly string[];
  /** Whether it runs as somebody else than who starts it. */
  readonly impersonates: boolean;
}

/** What config.json holds, as far as it can be read. */
export interface Config {
  readonly forms: readonly ConfigForm[];
  readonly workflows: readonly ConfigWorkflow[];
  readonly references: readonly Reference[];
  /** Whether a collection looks like one of these under a misspelled name, so that entries are missing here. */
  readonly isMisnamed: boolean;
}

/** @returns what the rules need to know of a config.json */
export function configOf({ value, at }: ConfigFile): Config | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const references: Reference[] = [];
  const refer = (path: unknown, kind: Reference['kind'], name: unknown, keys: Path) => {
    if (typeof path === 'string' && path !== '') {
      references.push({
        path: templatePath(path),
        kind,
        from: `${kind} ${textOf(name) ?? ''}`,
        ...at([kind, ...keys]),
      });
    }
  };
  const forms = entriesOf(value, 'form');
  const workflows = entriesOf(value, 'workflow');
  for (const { entry, index } of forms) {
    for (const [name, path] of Object.entries(recordOf(entry.template))) {
      refer(path, 'form', entry.slug, [index, 'template', name]);
    }
  }
  for (const { entry, index } of workflows) {
    refer(entry.bpmnresource, 'workflow', entry.key, [index, 'bpmnresource']);
  }
  const hasRole = ({ role }: Record<string, unknown>) => Array.isArray(role) && role.length > 0;
  return {
    forms: forms.map(({ entry, index }) => {
      const template = recordOf(entry.template);
      return {
        ...at(['form', index]),
        slug: textOf(entry.slug) ?? '',
        title: `form ${textOf(entry.slug) ?? ''}`,
        templates: [template.form, template.result].flatMap((path) => {
          const text = textOf(path);
          return text === undefined ? [] : [templatePath(text)];
        }),
        workflow: textOf(recordOf(entry.process).workflow),
        texts: textsOf(entry).concat(textsOf(recordOf(entry.process))),
        hasRole: hasRole(entry),
        roles: listOf(entry.role),
        tags: listOf(entry.tag),
      };
    }),
    workflows: workflows.map(({ entry, index }) => ({
      ...at(['workflow', index]),
      key: textOf(entry.key) ?? '',
      title: `workflow ${textOf(entry.key) ?? ''}`,
      bpmnresource: textOf(entry.bpmnresource),
      hasRole: hasRole(entry),
      roles: listOf(entry.role),
      tags: listOf(entry.tag),
      impersonates: entry.impersonate !== undefined && entry.impersonate !== '',
    })),
    references,
    isMisnamed: Object.keys(value).some(
      (name) => suggestion(name, ['form', 'workflow']) !== undefined,
    ),
  };
}

/** A template may be given by its bare name, without folder and ending. */
function templatePath(path: string): string {
  return /^[\w-]+$/.test(path) ? `/forms/${path}.pug` : path;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** What a form shows to people. */
function textsOf({ title, name, description }: Record<string, unknown>): string[] {
  return [title, name, description].flatMap((value) => textOf(value) ?? []);
}

function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

function entriesOf(config: Record<string, unknown>, collection: string) {
  const list = config[collection];
  return (Array.isArray(list) ? list : []).flatMap((entry: unknown, index) =>
    isRecord(entry) ? [{ entry, index }] : [],
  );
}
