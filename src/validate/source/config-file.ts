import type { Expression, ObjectExpression, Property } from 'acorn';
import { isRecord } from '../../core/json.js';
import { suggestion } from '../../core/suggest.js';
import { Lines, type Place, type Position, type Problem, problem } from '../text.js';
import { parseExpression } from './expression.js';

type Path = readonly (string | number)[];

/** A config.json as it was read. */
export interface ConfigFile {
  /** Undefined where it is not valid JSON. */
  readonly value: unknown;
  readonly problem?: Problem;
  /** Where a member stands, by the keys and indices that lead there; its nearest parent where it is missing. */
  readonly at: (path: Path) => Position & Pick<Place, 'file'>;
}

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

/**
 * Reads config.json with the place of everything in it.
 *
 * @param text its text, without a byte order mark
 */
export function readConfig(text: string): ConfigFile {
  const lines = new Lines(text);
  try {
    const value: unknown = JSON.parse(text);
    // JSON is an expression of JavaScript, so its reader knows the places.
    const tree = parseExpression(text);
    return { value, at: (path) => lines.at(tree ? offsetOf(tree, path) : 0) };
  } catch (error) {
    const { message } = error as Error;
    const offset = Number(/at position (\d+)/.exec(message)?.[1] ?? text.trimEnd().length);
    // Where it is stands in the finding's place, and in other words in each version of Node.
    const reason = message.replace(/[\n\r]+/g, ' ').replace(/ (in JSON )?at position .*$/, '');
    const said = `This is not valid JSON: ${reason}.`;
    const start = { line: 1, column: 1 };
    return { value: undefined, problem: problem(lines.at(offset), said), at: () => start };
  }
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

function offsetOf(tree: Expression, path: Path): number {
  let node = tree;
  let offset = tree.start;
  for (const key of path) {
    const member = node.type === 'ObjectExpression' ? membersOf(node).get(key) : undefined;
    const element =
      node.type === 'ArrayExpression' && typeof key === 'number' ? node.elements[key] : undefined;
    const found = member?.value ?? element;
    if (!found || found.type === 'SpreadElement') {
      break;
    }
    node = found;
    offset = (member ?? found).start;
  }
  return offset;
}

const known = new WeakMap<ObjectExpression, ReadonlyMap<unknown, Property>>();

/** The members of an object by their names, listed once; of two with one name the last. */
function membersOf(node: ObjectExpression): ReadonlyMap<unknown, Property> {
  const members =
    known.get(node) ??
    new Map(
      node.properties.flatMap((property) =>
        property.type === 'Property' && property.key.type === 'Literal'
          ? [[property.key.value, property] as const]
          : [],
      ),
    );
  known.set(node, members);
  return members;
}
