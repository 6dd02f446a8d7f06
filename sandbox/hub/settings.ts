import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { HubModes } from './modes.js';

/** A setting as it is stored. */
export interface Setting {
  readonly key: string;
  readonly name: string;
  readonly value: unknown;
  readonly type: string;
  readonly tag: readonly string[];
  readonly role: readonly string[];
  readonly category: string;
}

/** What a write came to: the setting, or the status that the Hub refuses with. */
export type Written =
  | { readonly setting: Setting }
  | { readonly status: 400 | 404 | 409; readonly message: string };

const MASK = '********';

/** The Hub's settings, in a file that is written beside and renamed, so that a Hub that dies loses none. */
export class SettingsStore {
  readonly #file: string;
  readonly #modes: HubModes;
  #settings: Map<string, Setting>;

  /**
   * @param file where the settings are kept; need not exist yet
   * @param modes how the Hub behaves where the public sources leave it open
   */
  constructor(file: string, modes: HubModes) {
    this.#file = file;
    this.#modes = modes;
    const stored: Setting[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
    this.#settings = new Map(stored.map((setting) => [setting.key, setting]));
  }

  /** @returns the setting as it is stored; not what the API shows */
  get(key: string): Setting | undefined {
    return this.#settings.get(key);
  }

  /** @returns the flat map of values by stored key, of the settings with a tag */
  map(tag: string | undefined): Record<string, unknown> {
    const shown = [...this.#settings.values()].filter(
      (setting) => tag === undefined || setting.tag.includes(tag),
    );
    return Object.fromEntries(shown.map((setting) => [setting.key, this.#shownValue(setting)]));
  }

  /** @returns one record as the API shows it */
  record(key: string): Setting | undefined {
    const setting = this.#settings.get(key);
    return setting && { ...setting, value: this.#shownValue(setting) };
  }

  /** Creates a setting; the body holds its key. */
  post(body: Record<string, unknown>): Written {
    const key = String(body.key ?? '');
    if (key === '') {
      return { status: 400, message: '"key" is required' };
    }
    if (this.#settings.has(key) && this.#modes.postExisting === 'conflict') {
      return { status: 409, message: `Setting ${key} already exists` };
    }
    return this.#write(key, body);
  }

  /** Updates a setting. */
  put(key: string, body: Record<string, unknown>): Written {
    const before = this.#settings.get(key);
    if (!before && this.#modes.putMissing === 'not-found') {
      return { status: 404, message: `Setting ${key} was not found` };
    }
    return this.#write(key, this.#modes.put === 'merges' ? { ...before, ...body } : body);
  }

  #write(key: string, body: Record<string, unknown>): Written {
    const type = typeof body.type === 'string' ? body.type : 'string';
    const value = body.value ?? null;
    if (type === 'object' && !isObjectValue(value)) {
      return { status: 400, message: 'The value of an object setting must be a JSON object' };
    }
    const setting: Setting = {
      key,
      name: typeof body.name === 'string' ? body.name : key,
      value: type === 'object' && typeof value !== 'string' ? JSON.stringify(value) : value,
      type,
      tag: listOf(body.tag),
      role: listOf(body.role),
      category: typeof body.category === 'string' ? body.category : 'custom',
    };
    this.#settings.set(key, setting);
    writeFileSync(`${this.#file}.new`, JSON.stringify([...this.#settings.values()], null, 2));
    renameSync(`${this.#file}.new`, this.#file);
    return { setting };
  }

  #shownValue({ type, value }: Setting): unknown {
    if (type === 'password' && this.#modes.passwords === 'masked') {
      return MASK;
    }
    return type === 'object' ? JSON.parse(String(value)) : value;
  }
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isObjectValue(value: unknown): boolean {
  if (typeof value !== 'string') {
    return value !== null && typeof value === 'object';
  }
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed !== null && typeof parsed === 'object';
  } catch {
    return false;
  }
}
