import type { ScriptUse } from '../script/facts.js';
import type { Position } from '../text.js';
import { entriesOf, inputOf, inputText } from './connectors.js';
import type { Flow } from './model.js';
import type { Exchange, Use } from './use.js';
import { attribute, isTrue } from './xml-query.js';

/** A key of a setting in a flow. */
export interface SettingUse extends Use {
  /** Whether it stands in an address of the settings API, and not in a script. */
  readonly isPath: boolean;
}

/** What is kept of a flow when its file has been checked. */
export interface FlowSummary {
  readonly path: string;
  /** The processes that run. */
  readonly processes: readonly (Position & { readonly id: string })[];
  readonly hasTimerStart: boolean;
  /** Fields that it reads from what a form submits, its script files' reads included. */
  readonly submitFields: readonly Use[];
  /** Hub paths of its script files. */
  readonly scripts: readonly string[];
  /** Whether it works out at run time which script file it runs. */
  readonly hasDynamicScripts: boolean;
  /** Keys of the workflows that it runs or starts. */
  readonly runs: readonly Use[];
  /** Those of them that it starts without waiting for an answer. */
  readonly starts: readonly Use[];
  /** Whether it needs those at once: it hands them an input, or asks how they get on. To set a schedule going needs neither. */
  readonly needsStarted: boolean;
  /** Stored keys of settings that it reads or writes. */
  readonly settings: readonly SettingUse[];
  /** Tags by which it asks for settings. */
  readonly tags: readonly Use[];
  /** What it hands to flows that it runs, and what it takes and gives where it is run. */
  readonly exchange: Exchange;
}

const RUN = /\/my\/workflows\/run\/([\w-]+)/g;
const START = /\/(?:my|admin)\/processes\/start\/([\w-]+)/g;
const ASKS = /\/(?:my|admin)\/processes\/[^/\s]{1,80}\/(?:status|output)\b/;
const SETTING = /\/(?:my|admin)\/config\/settings\/([\w-]+)/g;
// What such an address may hold in place of a key.
const NO_KEY = /^(search|export|import|history)$/;
const READ = /\$\{[^{}]*?\.(_[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)\b/g;
const OF_MAP = /\$\{[^{}]*?\.settings\.([A-Za-z]\w*)/g;
const TAG = /\/(?:my|admin)\/config\/settings\?(?:[^\s"'#]{0,200}&)?tag=([\w-]+)/g;
const SUBMIT = /environment\.variables\.submit\.([\w$]+)/g;
const ANY = /\/run\/|\/processes\/|\/settings[/?]|\._|\.settings\.|\.submit\./;
const STORED_KEY = /^_[a-z][a-z0-9]*(_[a-z0-9]+)+$/;

type UsePlace = Omit<Use, 'name'>;
type Uses = {
  submitFields: Use[];
  runs: Use[];
  starts: Use[];
  settings: SettingUse[];
  tags: Use[];
  needsStarted: boolean;
};

/**
 * Keeps what the rest of the blueprint must know of a flow.
 *
 * @param flow as it was read
 * @param external its script files, each with the element that names it
 * @param exchange what it hands over and gets
 */
export function summaryOf(
  flow: Flow,
  external: readonly ScriptUse[],
  exchange: Exchange,
): FlowSummary {
  const lists = { submitFields: [], runs: [], starts: [], settings: [], tags: [] };
  const uses: Uses = { ...lists, needsStarted: false };
  for (const xml of flow.elements) {
    if (ANY.test(xml.text)) {
      const { element = '', line, column } = flow.placeOf(xml);
      readText(xml.text, { element, line, column }, uses);
    }
  }
  for (const use of flow.inline) {
    readScript(use, { element: use.element ?? '' }, uses);
  }
  for (const use of external) {
    const { file } = use;
    readScript(use, { file }, uses);
    for (const { value, line, column } of use.facts.literals) {
      readText(value, { file, line, column }, uses);
    }
  }
  for (const connector of flow.connectors) {
    const payload = inputOf(connector, 'payload');
    const isStart = inputText(connector, 'url').includes('/processes/start/');
    if (payload && isStart && entriesOf(payload).some(({ name }) => name === 'input')) {
      uses.needsStarted = true;
    }
    const query = inputOf(connector, 'query');
    const isOfSettings = inputText(connector, 'url').startsWith('/my/config/settings');
    for (const { name, text, xml } of query && isOfSettings ? entriesOf(query) : []) {
      if (name === 'tag' && text !== undefined && /^[\w-]+$/.test(text)) {
        const { element = '', line, column } = flow.placeOf(xml);
        uses.tags.push({ name: text, element, line, column });
      }
    }
  }
  const starts = flow.nodes.filter(
    ({ type, scope }) => type === 'startEvent' && scope.name === 'bpmn:process',
  );
  return {
    path: flow.path,
    processes: flow.processes
      .filter((process) => isTrue(process, 'isExecutable'))
      .map((process) => ({
        id: attribute(process, 'id') ?? '',
        ...flow.document.lines.at(process.start),
      })),
    hasTimerStart: starts.length > 0 && starts.every(({ events }) => events.includes('timer')),
    scripts: flow.scripts.flatMap(({ resource }) => resource ?? []),
    // One that is read in part may name scripts that are not seen.
    hasDynamicScripts:
      flow.state === 'malformed' ||
      flow.scripts.some(({ resource }) => resource?.includes('${') === true),
    submitFields: unique(uses.submitFields),
    runs: unique([...uses.runs, ...uses.starts]),
    starts: unique(uses.starts),
    needsStarted: uses.needsStarted,
    settings: unique(uses.settings),
    tags: unique(uses.tags),
    exchange,
  };
}

function readText(text: string, place: UsePlace, uses: Uses): void {
  const { runs, starts, settings, submitFields, tags } = uses;
  if (ANY.test(text)) {
    const find = (pattern: RegExp) =>
      [...text.matchAll(pattern)].map(([, name = '']) => ({ name, ...place }));
    add(runs, find(RUN));
    add(starts, find(START));
    uses.needsStarted ||= ASKS.test(text);
    const keys = find(SETTING).filter(({ name }) => !NO_KEY.test(name));
    add(
      settings,
      keys.map((use) => ({ ...use, isPath: true })),
    );
    add(
      settings,
      [...find(READ), ...find(OF_MAP)].map((use) => ({ ...use, isPath: false })),
    );
    add(tags, find(TAG));
    add(submitFields, find(SUBMIT));
  }
}

function readScript({ facts }: ScriptUse, owner: Omit<UsePlace, keyof Position>, uses: Uses): void {
  for (const { path, line, column, access } of facts.chains) {
    const place = { ...owner, line, column };
    const names = path.split('.');
    const field = path.startsWith('environment.variables.submit.') ? names[3] : undefined;
    if (field !== undefined && field !== '*' && access === 'read') {
      uses.submitFields.push({ name: field, ...place });
    }
    for (const [index, name] of names.entries()) {
      const isOfSettings = names[index - 1] === 'settings' || names[index - 1] === 'body';
      if (STORED_KEY.test(name) || (isOfSettings && name !== '*')) {
        uses.settings.push({ name, ...place, isPath: false });
      }
    }
  }
  for (const { value, line, column } of facts.literals) {
    if (STORED_KEY.test(value)) {
      uses.settings.push({ name: value, ...owner, line, column, isPath: false });
    }
  }
}

/** One by one: a call takes only so many arguments. */
function add<Kind>(list: Kind[], more: readonly Kind[]): void {
  for (const one of more) {
    list.push(one);
  }
}

function unique<Kind extends Use>(uses: readonly Kind[]): Kind[] {
  const first = new Map<string, Kind>();
  for (const use of uses) {
    const key = `${use.name} ${use.element} ${use.file}`;
    first.set(key, first.get(key) ?? use);
  }
  return [...first.values()];
}
