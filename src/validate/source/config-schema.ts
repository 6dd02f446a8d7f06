import { isRecord } from '../../core/json.js';
import { didYouMean } from '../../core/suggest.js';
import { type Problem, problem, words } from '../text.js';
import type { ConfigFile } from './config-json.js';

/** What a member of config.json may hold; an object, by the names of its fields. */
type Shape = 'text' | 'words' | 'boolean' | 'texts' | 'anything' | Fields;
interface Fields {
  readonly required: readonly string[];
  readonly fields: Readonly<Record<string, Shape>>;
}

const all = (names: string, shape: Shape): Record<string, Shape> =>
  Object.fromEntries(words(names).map((name) => [name, shape]));

const AN_OBJECT: Fields = { required: [], fields: {} };

/** Fields of a form, as Onify's own blueprints use them. */
const form: Fields = {
  required: ['slug', 'template'],
  fields: {
    slug: 'text',
    ...all('title name description', 'words'),
    ...all('test noninteractive', 'boolean'),
    ...all('role tag', 'texts'),
    ...all('icon createdate createdby modifieddate modifiedby', 'anything'),
    template: { required: ['form'], fields: all('form result', 'text') },
    process: {
      required: ['workflow'],
      fields: { workflow: 'text', ...all('title description', 'words') },
    },
  },
};

/** Fields of a workflow, as Onify's own blueprints use them. */
const workflow: Fields = {
  required: ['key', 'bpmnresource'],
  fields: {
    ...all('key bpmnresource', 'text'),
    ...all('name description', 'words'),
    ...all('role tag', 'texts'),
    ...all('state owner impersonate icon', 'anything'),
    ...all('createdate createdby modifieddate modifiedby', 'anything'),
  },
};

/** The collections that the Hub imports (onify/functions), each a list. */
const COLLECTIONS: Readonly<Record<string, Shape>> = {
  ...all('agent dashboard domain locale role user guide bulletin', 'anything'),
  ...all('option shortcut workspace', 'anything'),
  form,
  workflow,
};

/** What is not as the Hub imports it. */
interface Judgement {
  readonly wrong: readonly Problem[];
  /** Collections and fields that it is not known to have. */
  readonly unknown: readonly Problem[];
}

/** @returns where a config.json differs from what the Hub is known to import */
export function judge({ value, at, problem: broken }: ConfigFile): Judgement {
  const wrong: Problem[] = [];
  const unknown: Problem[] = [];
  const say = (list: Problem[], path: readonly (string | number)[], message: string) =>
    list.push(problem(at(path), `${nameOf(path)} ${message}`));
  const sayUnknown = (path: readonly (string | number)[], message: string, near: string) =>
    // Only what looks mistyped is surely wrong.
    unknown.push(
      problem(at(path), `${nameOf(path)} ${message}${near}`, near ? 'error' : undefined),
    );
  const visit = (member: unknown, shape: Shape, path: readonly (string | number)[]) => {
    const expected = expectation(member, shape);
    if (expected !== undefined) {
      say(wrong, path, `must be ${expected}.`);
    } else if (typeof shape === 'object' && isRecord(member)) {
      for (const name of shape.required.filter((name) => !(name in member))) {
        say(wrong, path, `lacks the field "${name}".`);
      }
      for (const [name, inner] of Object.entries(member)) {
        const field = ownOf(shape.fields, name);
        if (field) {
          visit(inner, field, [...path, name]);
        } else {
          const near = didYouMean(name, Object.keys(shape.fields));
          sayUnknown([...path, name], 'is not a known field.', near);
        }
      }
    }
  };
  if (broken || !isRecord(value)) {
    const message = 'must be an object with a list for each collection.';
    return { wrong: broken ? [] : [problem(at([]), `config.json ${message}`)], unknown };
  }
  for (const [name, list] of Object.entries(value)) {
    const shape = ownOf(COLLECTIONS, name);
    if (shape === undefined) {
      // Settings have a rule of their own.
      if (!/^settings?$/.test(name)) {
        const near = didYouMean(name, Object.keys(COLLECTIONS));
        sayUnknown([name], 'is not a collection that the Hub imports.', near);
      }
    } else if (Array.isArray(list)) {
      for (const [index, entry] of list.entries()) {
        visit(entry, isRecord(entry) ? shape : AN_OBJECT, [name, index]);
      }
    } else {
      say(wrong, [name], 'must be a list.');
    }
  }
  return { wrong, unknown };
}

/** What a member should be in place of what it is; undefined where it is as it should be. */
function expectation(member: unknown, shape: Shape): string | undefined {
  const isText = (text: unknown) => typeof text === 'string' && text.trim() !== '';
  switch (shape) {
    case 'anything':
      return undefined;
    case 'text':
      return isText(member) ? undefined : 'a text that is not empty';
    case 'words':
      return typeof member === 'string' ? undefined : 'a text';
    case 'boolean':
      return typeof member === 'boolean' ? undefined : 'true or false';
    case 'texts':
      return Array.isArray(member) && member.every((text) => typeof text === 'string' && text)
        ? undefined
        : 'a list of texts';
    default:
      return isRecord(member) ? undefined : 'an object';
  }
}

/** What a member is called in a sentence, such as `workflow[0].key`. */
function nameOf(path: readonly (string | number)[]): string {
  const name = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
  return name.replace(/^\./, '') || 'config.json';
}

function ownOf(shapes: Readonly<Record<string, Shape>>, name: string): Shape | undefined {
  return Object.hasOwn(shapes, name) ? shapes[name] : undefined;
}
