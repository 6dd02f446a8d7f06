import type { Blueprint } from '../blueprint/load.js';
import { TAG } from '../blueprint/manifest.js';
import type { HubClient } from '../hub/client.js';
import { exportConfig } from '../hub/lifecycle.js';
import type { Part } from '../options/install.js';
import type { ResourcesDir } from './files.js';
import { RECORD_PATH } from './record.js';
import { readSettings, type StoredSettings } from './stored-settings.js';

/** Reads a file by its path in the Hub; undefined where there is none. */
export type ReadFile = (path: string) => Buffer | undefined;

/** Tells what a link leads to that lies in place of a file; undefined where there is none. */
export type LinkAt = (path: string) => string | undefined;

/** What a Hub holds. Undefined is what is left out, and what the Hub can't be asked for. */
export interface HubState {
  readonly settings: StoredSettings | undefined;
  /** What the resources directory holds; undefined where resources are left out. */
  readonly readFile: ReadFile | undefined;
  /** The install record where it is read through the Hub. */
  readonly shownRecord: Buffer | undefined;
  /** The files that the Hub shows; undefined where it does not say. */
  readonly shown: ReadonlySet<string> | undefined;
  readonly workflows: readonly Record<string, unknown>[] | undefined;
  readonly forms?: readonly Record<string, unknown>[] | undefined;
  readonly linkAt?: LinkAt | undefined;
}

/** What a Hub shows of forms and workflows. */
export type ShownConfig = Pick<HubState, 'forms' | 'workflows'>;

/**
 * Reads what a plan needs to know of a Hub; everything at the same time.
 *
 * @param dir the Hub's resources; undefined where they are left out
 * @param skipped the parts that are left out
 */
export async function readHub(
  hub: HubClient,
  dir: ResourcesDir | undefined,
  skipped: ReadonlySet<Part>,
): Promise<HubState> {
  const hasConfig = !skipped.has('config');
  const [settings, config, shown, shownRecord] = await Promise.all([
    skipped.has('settings') ? undefined : readSettings(hub),
    hasConfig ? readConfig(hub, dir?.has(RECORD_PATH) === false) : undefined,
    dir && hub.resourcePaths(),
    hasConfig && !dir ? hub.resourceFile(RECORD_PATH) : undefined,
  ]);
  return {
    settings,
    workflows: config?.workflows,
    forms: config?.forms,
    shown,
    shownRecord,
    readFile: dir && ((path) => dir.read(path)),
    linkAt: dir && ((path) => dir.linkAt(path)),
  };
}

/**
 * Reads forms and workflows through the export; where a Hub has none, the workflows through their list.
 *
 * @param mayBeEmpty an export of nothing is believed; else it may be one that this Hub does not fill
 */
export async function readConfig(hub: HubClient, mayBeEmpty: boolean): Promise<ShownConfig> {
  const exported = await exportConfig(hub);
  const isEmpty = exported?.forms?.length === 0 && exported.workflows?.length === 0;
  const { forms, workflows } = isEmpty && !mayBeEmpty ? {} : (exported ?? {});
  return { forms, workflows: workflows ?? (await hub.workflows(TAG)) };
}

/** @returns reads the shipped files as the Hub shows them, or undefined where it shows none */
export async function readShownFiles(
  hub: HubClient,
  { files }: Blueprint,
): Promise<ReadFile | undefined> {
  const shown = await hub.resourcePaths();
  if (!shown) {
    return undefined;
  }
  const paths = [RECORD_PATH, ...files.map(({ path }) => path)].filter((path) => shown.has(path));
  const contents = await Promise.all(
    paths.map(async (path) => [path, await hub.resourceFile(path)] as const),
  );
  const isReadable = paths.length === 0 || contents.some(([, content]) => content !== undefined);
  const byPath = new Map(contents);
  return isReadable ? (path) => byPath.get(path) : undefined;
}
