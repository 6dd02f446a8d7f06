import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { SettingsModes } from './modes.js';
import { type Setting, settingFrom } from './setting.js';
import { SettingsList } from './settings-list.js';

/** What a write came to: the setting, or the status that the Hub refuses with. */
export type Written =
  | { readonly setting: Setting }
  | { readonly status: 400 | 404 | 409; readonly message: string };

/** How a settings store is made. */
interface SettingsOptions {
  readonly modes: SettingsModes;
  /** Tells the time in milliseconds since 1970. */
  readonly now: () => number;
  /** Where the settings are kept; need not exist yet. Without it they are kept in memory. */
  readonly file?: string;
  /** Told each setting as it is written. */
  readonly onWrite?: (setting: Setting) => void;
}

const MASK = '********';

/** The Hub's settings. A file of them is written beside and renamed, so that a Hub that dies loses none. */
export class SettingsStore {
  readonly #options: SettingsOptions;
  readonly #settings: Map<string, Setting>;
  readonly #list: SettingsList;

  constructor(options: SettingsOptions) {
    this.#options = options;
    this.#list = new SettingsList(options.modes, options.now);
    const { file } = options;
    const stored: Setting[] =
      file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
    this.#settings = new Map(stored.map((setting) => [setting.key, setting]));
  }

  /** @returns the setting as it is stored; not what the API shows */
  get(key: string): Setting | undefined {
    return this.#settings.get(key);
  }

  /** Leaves a setting out of the next list, as a search does that misses it. */
  hideOnce(key: string): void {
    this.#list.hideOnce(key);
  }

  /**
   * @param tag only the settings that have it
   * @param roles of the user who asks; default: whoever may see all
   * @returns the flat map of values by stored key
   */
  map(tag: string | undefined, roles?: readonly string[]): Record<string, unknown> {
    const shown = this.#list
      .shown(this.#settings)
      .filter((one) => maySee(one, roles) && (tag === undefined || one.tag.includes(tag)));
    return Object.fromEntries(shown.map((setting) => [setting.key, this.#shownValue(setting)]));
  }

  /** @returns one record as the API shows it to a user of these roles */
  record(key: string, roles?: readonly string[]): Setting | undefined {
    const setting = this.#settings.get(key);
    return setting && maySee(setting, roles)
      ? { ...setting, value: this.#shownValue(setting) }
      : undefined;
  }

  /**
   * Creates a setting.
   *
   * @param body holds its key
   * @param isRefreshed the next list shows it
   */
  post(body: Readonly<Record<string, unknown>>, isRefreshed = true): Written {
    const key = String(body.key ?? '');
    if (key === '') {
      return { status: 400, message: '"key" is required' };
    }
    if (this.#settings.has(key) && this.#options.modes.postExisting === 'conflict') {
      return { status: 409, message: `Setting ${key} already exists` };
    }
    return this.#write(key, body, isRefreshed);
  }

  /** Updates a setting; `isRefreshed`: the next list shows it. */
  put(key: string, body: Readonly<Record<string, unknown>>, isRefreshed = true): Written {
    const { putMissing, put } = this.#options.modes;
    const before = this.#settings.get(key);
    if (!before && putMissing === 'not-found') {
      return notFound(key);
    }
    return this.#write(key, put === 'merges' ? { ...before, ...body } : body, isRefreshed);
  }

  /** Changes the fields of a setting that exists, and no others. */
  patch(key: string, body: Readonly<Record<string, unknown>>, isRefreshed = true): Written {
    const before = this.#settings.get(key);
    return before ? this.#write(key, { ...before, ...body }, isRefreshed) : notFound(key);
  }

  /** Takes a setting away, as a person does on the admin page. @returns whether it was there */
  remove(key: string, isRefreshed = true): boolean {
    this.#list.wrote(key, this.#settings.get(key), isRefreshed);
    const wasThere = this.#settings.delete(key);
    this.#keep();
    return wasThere;
  }

  #write(key: string, body: Readonly<Record<string, unknown>>, isRefreshed: boolean): Written {
    const setting = settingFrom(key, body);
    if ('message' in setting) {
      return { status: 400, message: setting.message };
    }
    this.#list.wrote(key, this.#settings.get(key), isRefreshed);
    this.#settings.set(key, setting);
    this.#keep();
    this.#options.onWrite?.(setting);
    return { setting };
  }

  #keep(): void {
    const { file } = this.#options;
    if (file !== undefined) {
      writeFileSync(`${file}.new`, JSON.stringify([...this.#settings.values()], null, 2));
      renameSync(`${file}.new`, file);
    }
  }

  #shownValue({ type, value }: Setting): unknown {
    if (type === 'password' && this.#options.modes.passwords === 'masked') {
      return MASK;
    }
    return type === 'object' ? JSON.parse(String(value)) : value;
  }
}

function notFound(key: string): Written {
  return { status: 404, message: `Setting ${key} was not found` };
}

// That a setting's role limits who reads it is inferred; one without a role is for everyone.
function maySee({ role }: Setting, roles: readonly string[] | undefined): boolean {
  return roles === undefined || role.length === 0 || role.some((name) => roles.includes(name));
}
