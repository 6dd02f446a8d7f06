import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, posix, sep } from 'node:path';
import type { ModdleElement } from 'bpmn-moddle';
import { ConfigError } from '../errors.js';
import type { Source, SourceFile, SourceFlow } from './finding.js';

const READ = /\.(bpmn|pug|js|json)$/i;
const LEFT_OUT = ['node_modules', 'dist', 'build', 'test', 'src', 'sandbox'];
const FOLDERS = ['flows', 'forms', 'scripts', 'resources'];

/**
 * Reads a blueprint from a folder.
 *
 * @throws ConfigError when the folder is missing or holds no blueprint
 */
export async function readSource(root: string): Promise<Source> {
  const hint = 'Give the folder that holds config.json, flows/, forms/ or resources/.';
  if (!existsSync(root) || !statSync(root).isDirectory()) {
    throw new ConfigError('blueprint_missing', `${root} is no folder.`, hint);
  }
  const hasAny =
    existsSync(join(root, 'config.json')) || FOLDERS.some((name) => existsSync(join(root, name)));
  if (!hasAny) throw new ConfigError('blueprint_missing', `${root} holds no blueprint.`, hint);
  const files = list(root, '').map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
  const flows: SourceFlow[] = [];
  for (const file of files) if (file.path.endsWith('.bpmn')) flows.push(await readFlow(file));
  const paths = new Set(files.map(({ path }) => path));
  return {
    files,
    flows,
    config: files.find(({ path }) => path === 'config.json')?.text,
    locate: (hubPath) => {
      const below = posix.normalize(hubPath).replace(/^\/+/, '');
      return [below, `resources/${below}`].find((path) => paths.has(path));
    },
  };
}

function list(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      return entry.name.startsWith('.') || (folder === '' && LEFT_OUT.includes(entry.name))
        ? []
        : list(root, path);
    }
    if (!entry.isFile() || !READ.test(entry.name)) return [];
    const isOurs =
      path === 'config.json' || FOLDERS.includes(path.split('/')[0] ?? '') || path.endsWith('.bpmn');
    return isOurs ? [path.split(sep).join('/')] : [];
  });
}

async function readFlow(file: SourceFile): Promise<SourceFlow> {
  const { BpmnModdle } = await import('bpmn-moddle');
  const camunda: unknown = createRequire(import.meta.url)('camunda-bpmn-moddle/resources/camunda.json');
  try {
    const { rootElement, warnings } = await new BpmnModdle({ camunda }).fromXML(file.text);
    const elements = (rootElement.rootElements ?? []) as ModdleElement[];
    const processes = elements.filter(({ $type }) => $type === 'bpmn:Process');
    return {
      ...file,
      warnings: warnings.map(({ message, element }) => ({
        message: message.split('\n')[0] ?? message,
        ...(element?.id && { element: element.id }),
      })),
      processes: processes.map(({ id = '', isExecutable }) => ({ id, isExecutable: isExecutable === true })),
      scripts: processes.flatMap((process) => scriptsIn(process, process.id ?? '', new Set())),
    };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { ...file, error: text.split('\n')[0] ?? text, warnings: [], processes: [], scripts: [] };
  }
}

type Script = SourceFlow['scripts'][number];

/** Every script below an element: of script tasks, conditions, inputs, outputs and listeners. */
function scriptsIn(element: ModdleElement, owner: string, seen: Set<unknown>): Script[] {
  if (seen.has(element)) return [];
  seen.add(element);
  const id = element.id ?? owner;
  const found: Script[] = [];
  const add = (format: unknown, body: unknown, resource: unknown) => {
    if (typeof format !== 'string') return;
    found.push({
      element: id,
      format,
      ...(typeof body === 'string' && { body }),
      ...(typeof resource === 'string' && { resource }),
    });
  };
  if (element.$type === 'bpmn:ScriptTask') add(element.scriptFormat, element.script, element.resource);
  if (element.$type === 'camunda:Script') add(element.scriptFormat, element.value, element.resource);
  if (element.$type === 'bpmn:FormalExpression' && typeof element.language === 'string') {
    add(element.language, element.body, element.resource);
  }
  for (const [name, value] of Object.entries(element)) {
    // References lead to elements that are walked where they stand.
    if (name.startsWith('$') || /Ref$|^(incoming|outgoing|default|attachedToRef)$/.test(name)) continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isElement(child)) found.push(...scriptsIn(child, id, seen));
    }
  }
  return found;
}

function isElement(value: unknown): value is ModdleElement {
  return value !== null && typeof value === 'object' && typeof (value as ModdleElement).$type === 'string';
}
