import type { FlowSummary } from './flow/summary.js';
import type { Form } from './form/facts.js';
import { MAX_COMPARED } from './limits.js';
import { nearest } from './near.js';
import type { ScriptFacts } from './script/facts.js';
import { type Config, configOf } from './source/config-file.js';
import type { ConfigFile } from './source/config-json.js';
import type { Documented } from './source/documented.js';
import { normalized } from './source/paths.js';
import type { TimerReaders } from './source/timers.js';

/** What the rules know of a blueprint besides the one file that they look at. */
export interface Blueprint {
  /** Stored keys of the settings that it creates; undefined where that is not known. */
  readonly settingKeys: readonly string[] | undefined;
  /** Of every file that is checked, below the folder. */
  readonly paths: readonly string[];
  readonly configFile: ConfigFile | undefined;
  /** Undefined where there is no config.json, or none that can be read. */
  readonly config: Config | undefined;
  readonly forms: readonly Form[];
  /** Complete only for rules about the whole blueprint: flows are read one after another. */
  readonly flows: readonly FlowSummary[];
  /** Script files by their path below the folder. */
  readonly scripts: ReadonlyMap<string, ScriptFacts>;
  /** What its README says of settings; complete only for rules about the whole blueprint. */
  readonly documented: Documented;
  /** What tells whether the engine can read a timer. */
  readonly timers: TimerReaders;
  /** Where a Hub path, such as `/forms/x.pug`, lies below the folder; undefined where nothing does. */
  readonly locate: (hubPath: string) => string | undefined;
  /** The script file that a Hub path leads to. */
  readonly scriptAt: (hubPath: string) => ScriptFacts | undefined;
}

/** @returns a blueprint; its forms, flows and scripts may be added to the lists later */
export function blueprintOf(parts: Omit<Blueprint, 'config' | 'locate' | 'scriptAt'>): Blueprint {
  const present = new Set(parts.paths);
  const locate = (hubPath: string) => {
    const below = normalized(hubPath).replace(/^\/+/, '');
    // What is in resources/ lies at the top on the Hub.
    const isAsHere = onHub(below) !== below;
    return isAsHere
      ? undefined
      : ROOTS.map((root) => root + below).find((path) => present.has(path));
  };
  return {
    ...parts,
    config: parts.configFile && configOf(parts.configFile),
    locate,
    scriptAt: (hubPath) => parts.scripts.get(locate(hubPath) ?? ''),
  };
}

/**
 * Tells whether a workflow is there, though not under this key: its process is, or config.json lists its workflows
 * under a misspelled name. Other rules say so; what names it is right.
 */
export function isHere({ config, flows }: Blueprint, key: string): boolean {
  return config?.isMisnamed === true || processIds(flows).has(key);
}

/** @returns where a file lies on the Hub, without the slash in front */
export function onHub(path: string): string {
  return path.replace(/^(hub\/)?resources\//, '');
}

// Where the folders of the Hub's resources lie in a blueprint.
const ROOTS = ['', 'resources/', 'hub/resources/'];

/** @returns the keys of the workflows in config.json */
export function workflowKeys({ config }: Blueprint): string[] {
  return (config?.workflows ?? []).map(({ key }) => key);
}

/** @returns why a Hub path leads to no file of the blueprint, and what to do; undefined where it does */
export function whyMissing(path: string, { locate, paths }: Blueprint): string | undefined {
  if (path.split('/').includes('..')) {
    return 'a path must not lead out of the blueprint.';
  }
  if (!path.startsWith('/')) {
    return 'a path on the Hub must begin with a slash.';
  }
  if (locate(path) !== undefined) {
    return undefined;
  }
  if (pathSet(paths).has(path.slice(1))) {
    return `the folder resources is copied to the top of the Hub. Write /${onHub(path.slice(1))}.`;
  }
  const below = path.slice(1);
  const known = hubPaths(paths);
  const otherCase = known.get(below.toLowerCase());
  if (otherCase !== undefined) {
    return `the file is called /${otherCase}; the Hub tells upper case from lower case.`;
  }
  // Comparing with every file of a very large blueprint, for each one that is missing, would take minutes.
  const near = known.size > MAX_COMPARED ? undefined : nearest(below, [...known.values()]);
  const hint = near === undefined ? '' : ` Did you mean /${near}?`;
  return `there is no such file here.${hint}`;
}

const hubPathsOf = new WeakMap<readonly string[], ReadonlyMap<string, string>>();

/** The files by their paths on the Hub, in small letters. */
function hubPaths(paths: readonly string[]): ReadonlyMap<string, string> {
  const made =
    hubPathsOf.get(paths) ??
    new Map(paths.map((path) => [onHub(path).toLowerCase(), onHub(path)] as const));
  hubPathsOf.set(paths, made);
  return made;
}

const setOf = new WeakMap<readonly string[], ReadonlySet<string>>();

function pathSet(paths: readonly string[]): ReadonlySet<string> {
  const made = setOf.get(paths) ?? new Set(paths);
  setOf.set(paths, made);
  return made;
}

let idsOf: { readonly flows: readonly FlowSummary[]; count: number; ids: Set<string> } | undefined;

/** The ids of the processes of flows, of which there may be more later. */
function processIds(flows: readonly FlowSummary[]): ReadonlySet<string> {
  if (idsOf?.flows !== flows) {
    idsOf = { flows, count: 0, ids: new Set() };
  }
  for (; idsOf.count < flows.length; idsOf.count += 1) {
    for (const { id } of flows[idsOf.count]?.processes ?? []) {
      idsOf.ids.add(id);
    }
  }
  return idsOf.ids;
}
