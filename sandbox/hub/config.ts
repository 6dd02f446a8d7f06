import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** The collections that a config import knows; there is none for settings. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  agent: 'key',
  dashboard: 'slug',
  domain: 'key',
  form: 'slug',
  locale: 'key',
  role: 'key',
  workflow: 'key',
  user: 'key',
  guide: 'slug',
  bulletin: 'slug',
  option: 'key',
  shortcut: 'slug',
  workspace: 'key',
};

type Entry = Record<string, unknown>;

/** What was imported: forms, workflows and the rest, in a file. An entry of the same key is replaced. */
export class ConfigStore {
  readonly #file: string;
  readonly #now: () => number;
  readonly #collections: Record<string, Record<string, Entry>>;

  /**
   * @param file where it is kept; need not exist yet
   * @param now tells the time in milliseconds since 1970
   */
  constructor(file: string, now: () => number = Date.now) {
    this.#file = file;
    this.#now = now;
    this.#collections = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  }

  /** Imports a config.json. @returns how many entries, or what is wrong with it */
  import(config: Record<string, unknown>): { imported: number } | { message: string } {
    for (const [name, entries] of Object.entries(config)) {
      const key = COLLECTIONS[name];
      if (key === undefined) {
        return { message: `"${name}" is not allowed` };
      }
      if (!Array.isArray(entries)) {
        return { message: `"${name}" must be an array` };
      }
      const nameless = entries.findIndex((entry: Entry) => typeof entry?.[key] !== 'string');
      if (nameless >= 0) {
        return { message: `"${name}[${nameless}].${key}" is required` };
      }
    }
    let imported = 0;
    for (const [name, entries] of Object.entries(config) as [string, Entry[]][]) {
      const collection = this.#collections[name] ?? {};
      this.#collections[name] = collection;
      for (const entry of entries) {
        const key = String(entry[COLLECTIONS[name] ?? 'key']);
        collection[key] = this.#dated(entry, collection[key]);
        imported += 1;
      }
    }
    this.#keep();
    return { imported };
  }

  /** @returns everything that was imported, as an import takes it */
  export(): Record<string, Entry[]> {
    const names = ['form', 'workflow', ...Object.keys(this.#collections)];
    return Object.fromEntries(names.map((name) => [name, this.list(name)]));
  }

  /** Takes an entry away. @returns whether it was there */
  remove(collection: string, key: string): boolean {
    const entries = this.#collections[collection] ?? {};
    const wasThere = key in entries;
    delete entries[key];
    this.#keep();
    return wasThere;
  }

  /** @returns the entries of a collection */
  list(collection: string): Entry[] {
    return Object.values(this.#collections[collection] ?? {});
  }

  /** @returns one entry, by its key or slug */
  get(collection: string, key: string): Entry | undefined {
    return this.#collections[collection]?.[key];
  }

  #dated(entry: Entry, before: Entry | undefined): Entry {
    const date = new Date(this.#now()).toISOString();
    const { createdate = date, createdby = 'admin' } = before ?? {};
    return { ...entry, createdate, createdby, modifieddate: date, modifiedby: 'admin' };
  }

  #keep(): void {
    writeFileSync(this.#file, JSON.stringify(this.#collections, null, 2));
  }
}
