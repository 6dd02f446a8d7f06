import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readProfile } from '../../sandbox/hub/like.js';
import { HUB_MODES, type HubModes } from '../../sandbox/hub/modes.js';
import { PROFILE_VALUES as LIKE } from '../../sandbox/hub/profile.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { PROFILE_VALUES, type Profile } from '../../src/doctor/profile.js';
import { isWindows } from '../support/platform.js';
import { combinations, filledHub, partsOf, profileOf } from './modes.js';
import { scratchKeys, visit } from './visit.js';

/** Parts that only writes tell. */
const WRITTEN = [
  'settings.put',
  'settings.putFields',
  'settings.post',
  'settings.passwords',
  'settings.search',
];

/** Parts that only the OpenAPI document tells, where nothing else is tried. */
const DOCUMENTED = ['workflows.delete', 'forms.delete', 'processes.start'];

/** A run on a busy computer may not tell whether a list lags; then it is made again. */
const MAX_VISITS = 20;

/** @returns a profile without the part that is unknown on a slow computer */
const withoutSpeed = ({ settings: { search: _, ...settings }, ...rest }: Profile) => ({
  ...rest,
  settings,
});

const storeOf = ({ dataDir, resourcesDir }: Sandbox) =>
  [
    readFileSync(join(dataDir, 'settings.json'), 'utf8'),
    readFileSync(join(dataDir, 'config.json'), 'utf8'),
    readFileSync(join(resourcesDir, 'forms/fortnox-activate.pug'), 'utf8'),
  ].join('\n');

/** @returns the names of the parts that may be unknown in these modes */
function untold(modes: HubModes, isWritten: boolean): Set<string> {
  return new Set([
    'failures',
    ...(isWritten ? [] : WRITTEN),
    ...(isWritten || modes.swagger ? [] : ['settings.delete']),
    // A list that lacks an entry tells nothing of when it shows one.
    ...(modes.settingsMap === 'gaps' ? ['settings.search'] : []),
    ...(modes.swagger ? [] : DOCUMENTED),
    // Whether a page is missing or only its form, the export tells.
    ...(modes.configExport || modes.app === 'pug' ? [] : ['app']),
  ]);
}

/** @returns what is wrong with a profile; empty where each part is right, or unknown where nothing could tell */
function wrong(profile: Profile, modes: HubModes, isWritten: boolean): string[] {
  const { apiVersion: _, ...parts } = profile;
  const desired = new Set(partsOf(profileOf(modes)));
  const mayBeUnknown = untold(modes, isWritten);
  return partsOf(parts).filter((line) => {
    const [name = '', value] = line.split('=');
    return !desired.has(line) && !(value === 'unknown' && mayBeUnknown.has(name));
  });
}

const valuesOf = <Name extends keyof HubModes>(name: Name): readonly HubModes[Name][] =>
  HUB_MODES[name].values as readonly unknown[] as readonly HubModes[Name][];

/** Visits a Hub in one combination of modes after the other. @returns what was wrong, by combination */
async function visitAll(sandbox: Sandbox, all: readonly Partial<HubModes>[], isWritten: boolean) {
  const before = storeOf(sandbox);
  const faults: unknown[] = [];
  for (const modes of all) {
    Object.assign(sandbox.modes, modes);
    let found: string[];
    let requests: number;
    let visits = 0;
    do {
      const report = await visit(sandbox, { triesWrites: isWritten });
      found = wrong(report.profile, sandbox.modes, isWritten);
      requests = report.requests;
      // Where a Hub has no DELETE, its admin takes the scratch setting away, as the doctor says.
      for (const key of sandbox.modes.settingRecord ? [] : scratchKeys(sandbox)) {
        sandbox.settings().remove(key);
      }
      visits += 1;
    } while (found.join() === 'settings.search=unknown' && visits < MAX_VISITS);
    if (found.length > 0 || requests > 25 || storeOf(sandbox) !== before) {
      faults.push({ modes, found, requests });
    }
  }
  return faults;
}

describe('the profile is right in every combination of modes', () => {
  test('by trying writes: all 256 of the settings', async () => {
    const all = combinations<Partial<HubModes>>({
      putMissing: valuesOf('putMissing'),
      put: valuesOf('put'),
      postExisting: valuesOf('postExisting'),
      passwords: valuesOf('passwords'),
      search: valuesOf('search'),
      settingsMap: valuesOf('settingsMap'),
      settingRecord: valuesOf('settingRecord'),
      swagger: valuesOf('swagger'),
    });
    expect(all).toHaveLength(256);
    expect(await visitAll(await filledHub(), all, true)).toEqual([]);
  });

  const reads = {
    configExport: valuesOf('configExport'),
    workflowsList: valuesOf('workflowsList'),
    resourcesApi: valuesOf('resourcesApi'),
    processesList: valuesOf('processesList'),
    swagger: valuesOf('swagger'),
    app: valuesOf('app'),
  };

  test('by reading alone: all 512 of the rest', async () => {
    const all = combinations<Partial<HubModes>>({
      ...reads,
      workflowsDelete: valuesOf('workflowsDelete'),
      formsDelete: valuesOf('formsDelete'),
      processStart: valuesOf('processStart'),
    });
    expect(all).toHaveLength(512);
    expect(await visitAll(await filledHub(), all, false)).toEqual([]);
  });

  test.each(['synced', 'missing'] as const)('by reading alone, with Git %s', async (git) => {
    const all = combinations<Partial<HubModes>>(reads);
    expect(await visitAll(await filledHub({ modes: { git } }), all, false)).toEqual([]);
  });

  test.skipIf(isWindows)('a directory that nobody may write to is read-only', async () => {
    const sandbox = await filledHub({ modes: { resourcesDirectory: 'read-only' } });
    const { profile } = await visit(sandbox);
    expect(profile.resources.directory).toBe('read-only');
  });
});

describe('a Hub that is started from a profile', () => {
  test.each<[string, Partial<HubModes>]>([
    ['the usual one', {}],
    [
      'one that is the other way in everything',
      {
        putMissing: 'not-found',
        put: 'replaces',
        postExisting: 'conflict',
        passwords: 'masked',
        search: 'lags',
        workflowsList: false,
        configExport: false,
        resourcesApi: false,
        git: 'missing',
        processesList: false,
        processStart: false,
        workflowsDelete: false,
        formsDelete: false,
      },
    ],
    ['one without a document', { swagger: false, settingRecord: false, app: 'none' }],
    [
      'one that syncs from Git',
      { git: 'synced', ...(isWindows ? {} : { resourcesDirectory: 'read-only' }) },
    ],
  ])('gives the same profile again: %s', async (_name, modes) => {
    const first = await visit(await filledHub({ modes }), { triesWrites: true });
    const like = readProfile(JSON.stringify(first.profile));
    const second = await visit(await filledHub(like), { triesWrites: true });
    expect(withoutSpeed(second.profile)).toEqual(withoutSpeed(first.profile));
  });
});

test('the embedded Hub reads the same shape of a profile', () => {
  expect(PROFILE_VALUES).toEqual(LIKE);
});
