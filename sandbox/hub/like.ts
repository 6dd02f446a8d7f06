import { HUB_MODES, type HubModes } from './modes.js';
import { PROFILE_VALUES, type Profile } from './profile.js';

/** The mode that each part of a profile is, by the part's place in it. */
const MODE_OF: Readonly<Record<string, keyof HubModes>> = {
  'settings.put': 'putMissing',
  'settings.putFields': 'put',
  'settings.post': 'postExisting',
  'settings.passwords': 'passwords',
  'settings.delete': 'settingRecord',
  'settings.search': 'search',
  'workflows.list': 'workflowsList',
  'workflows.delete': 'workflowsDelete',
  'forms.export': 'configExport',
  'forms.delete': 'formsDelete',
  'resources.api': 'resourcesApi',
  'resources.directory': 'resourcesDirectory',
  'resources.git': 'git',
  'processes.start': 'processStart',
  'processes.list': 'processesList',
  failures: 'failures',
  swagger: 'swagger',
  app: 'app',
};

/** What a Hub of a profile is started with. */
interface Like {
  /** The modes that the profile tells; what it doesn't know is as usual. */
  readonly modes: Partial<HubModes>;
  readonly apiVersion?: string;
}

/**
 * Reads a profile.
 *
 * @param text JSON of the shape `Profile`; parts may be left out
 * @throws Error with a sentence where it is something else, or names a part or a value that there is none of
 */
export function readProfile(text: string): Like {
  let profile: Partial<Profile> | null;
  try {
    profile = JSON.parse(text);
  } catch {
    throw new Error('The profile is not valid JSON.');
  }
  if (profile === null || typeof profile !== 'object' || profile.format !== 1) {
    throw new Error(
      'The profile is not of format 1. Write it with fortnox-blueprint doctor --profile.',
    );
  }
  const { format: _, apiVersion, ...parts } = profile;
  const told = leaves(parts, PROFILE_VALUES).flatMap(([place, value]) => {
    const mode = MODE_OF[place];
    return mode === undefined || value === 'unknown' ? [] : [[mode, modeValue(mode, value)]];
  });
  return { modes: Object.fromEntries(told), ...(apiVersion !== undefined && { apiVersion }) };
}

/** @returns a mode's value by the word for it: endpoints that are there or not are `works` and `missing` */
export function modeValue(mode: keyof HubModes, word: string): string | boolean | undefined {
  const values: readonly (string | boolean)[] = HUB_MODES[mode].values;
  return values.find((value) => wordOf(value) === word);
}

/** @returns the word for a mode's value */
export function wordOf(value: string | boolean): string {
  return value === true ? 'works' : value === false ? 'missing' : value;
}

function leaves(value: object, allowed: object, before = ''): [place: string, value: string][] {
  return Object.entries(value).flatMap(([name, inner]): [string, string][] => {
    const place = before + name;
    const values: unknown = (allowed as Readonly<Record<string, unknown>>)[name];
    if (values === undefined) {
      throw new Error(`The profile has a part "${place}", which is not known here.`);
    }
    if (!Array.isArray(values)) {
      return leaves(Object(inner), Object(values), `${place}.`);
    }
    if (inner !== 'unknown' && !values.includes(inner)) {
      throw new Error(
        `"${place}" of the profile is ${values.join(', ')} or unknown, not "${inner}".`,
      );
    }
    return [[place, String(inner)]];
  });
}
