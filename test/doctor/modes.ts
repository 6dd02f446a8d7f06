import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { HubModes } from '../../sandbox/hub/modes.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/sandbox.js';
import type { Profile } from '../../src/doctor/profile.js';
import { folder } from '../support/folder.js';

const ROOT = join(import.meta.dirname, '../..');

/** An embedded Hub that holds the blueprint's files, forms, workflows and settings, put there by hand. */
export async function filledHub(options: SandboxOptions = {}): Promise<Sandbox> {
  const resourcesDir = options.resourcesDir ?? folder();
  for (const [from, to] of [
    ['resources', ''],
    ['flows', 'flows'],
    ['forms', 'forms'],
  ] as const) {
    cpSync(join(ROOT, from), join(resourcesDir, to), { recursive: true });
  }
  const sandbox = await startSandbox({ ...options, resourcesDir });
  onTestFinished(() => sandbox.stop());
  sandbox.config().import(JSON.parse(readFileSync(join(ROOT, 'config.json'), 'utf8')));
  for (const [key, type] of [
    ['_fortnox_app_clientid', 'string'],
    ['_fortnox_access_token', 'object'],
  ] as const) {
    const value = type === 'object' ? '{}' : 'a-client';
    sandbox.settings().post({ key, type, value, name: key, tag: ['fortnox'], role: ['admin'] });
  }
  return sandbox;
}

/** @returns what is to be learnt of a Hub in these modes, if everything can be told */
export function profileOf(modes: HubModes): Profile {
  const works = (isThere: boolean) => (isThere ? 'works' : 'missing');
  return {
    format: 1,
    settings: {
      put: modes.putMissing,
      putFields: modes.put,
      post: modes.postExisting,
      passwords: modes.passwords,
      delete: works(modes.settingRecord),
      search: modes.search,
    },
    workflows: { list: works(modes.workflowsList), delete: works(modes.workflowsDelete) },
    forms: { export: works(modes.configExport), delete: works(modes.formsDelete) },
    resources: {
      api: works(modes.resourcesApi),
      directory: modes.resourcesDirectory,
      git: modes.git,
    },
    processes: { start: works(modes.processStart), list: works(modes.processesList) },
    failures: modes.failures,
    swagger: works(modes.swagger),
    app: modes.app,
  };
}

/** @returns a profile, or a part of one, as lines `settings.put=creates` */
export function partsOf(value: unknown, path = ''): string[] {
  return value !== null && typeof value === 'object'
    ? Object.entries(value).flatMap(([name, part]) =>
        partsOf(part, path ? `${path}.${name}` : name),
      )
    : [`${path}=${value}`];
}

/** @returns every combination of the values */
export function combinations<T extends object>(
  values: {
    readonly [K in keyof T]: readonly T[K][];
  },
): T[] {
  const names = Object.keys(values) as (keyof T)[];
  return names.reduce<T[]>(
    (all, name) => all.flatMap((one) => values[name].map((value) => ({ ...one, [name]: value }))),
    [{} as T],
  );
}
