import type { Context } from '../core/context.js';
import type { Connection } from '../options/connection.js';
import {
  answers,
  failureOf,
  filesOf,
  isFailedRun,
  parseAnswer,
  type RunAnswer,
  type StoredSetting,
} from './answers.js';
import { SETTINGS_LIST } from './bad-answers.js';
import { dispatcherFor } from './dispatcher.js';
import { HubHttp } from './http.js';
import { nameHub } from './name.js';
import type { HubAnswer, HubRequest, SettingRecord } from './request.js';

export type { StoredSetting } from './answers.js';
export type { SettingRecord } from './request.js';

const SETTINGS = '/admin/config/settings';

/** What all writes of settings have in common. */
const SETTING_WRITE = { query: { refresh: 'true' }, isAnswerOpen: true };

/** What a Hub answers to a path that leads to no file is documented nowhere. */
const NO_SUCH_FILE = [400, 410, 422, 500];

/** What a Hub may answer where it does not show its processes, or not so. */
const NOT_SHOWN = [400, 403, 422, 500];

/** The Hub's API, as far as it is documented. Every method throws BlueprintError with exit code 4, 5 or 6. */
export class HubClient {
  readonly #http: HubHttp;

  constructor(http: HubHttp) {
    this.#http = http;
  }

  /** How many requests were sent. */
  get requests(): number {
    return this.#http.requests;
  }

  /** Sends a request that no method of its own is for. */
  send(request: HubRequest): Promise<HubAnswer> {
    return this.#http.send(request);
  }

  /** Closes the connections. */
  close(): Promise<void> {
    return this.#http.close();
  }

  /**
   * Every Hub has this list, so a 404 means that no Hub's API is here.
   *
   * @returns the values of the settings with a tag by their stored key, as flows see them
   */
  async settingsMap(tag: string): Promise<Record<string, unknown>> {
    const { json } = await this.#get(SETTINGS_LIST, { query: { tag } });
    return parseAnswer(answers.settingsMap, json ?? {}, SETTINGS_LIST);
  }

  /** @returns one setting, or undefined where the Hub has none of this key */
  async setting(key: string): Promise<StoredSetting | undefined> {
    const path = `/my/config/settings/${encodeURIComponent(key)}`;
    const { status, json } = await this.#get(path, { accept: [404] });
    if (status === 404 || json === null) {
      return undefined;
    }
    const setting = parseAnswer(answers.setting, json, path);
    // A Hub may answer an empty object for a key that it does not have.
    return 'value' in setting || 'type' in setting || 'key' in setting ? setting : undefined;
  }

  /**
   * Creates a setting.
   *
   * @param repeatable false where a value that is there by then must not be written over
   * @returns false where there is one of this key; a Hub may overwrite it instead
   */
  async createSetting(record: SettingRecord, repeatable = true): Promise<boolean> {
    const request = { method: 'POST', path: SETTINGS, body: record, accept: [409] } as const;
    const { status } = await this.#http.send({ ...request, ...SETTING_WRITE, repeatable });
    return status !== 409;
  }

  /**
   * Writes a setting that exists.
   *
   * @param repeatable false where a value that is there by then must not be written over
   * @returns false where there is none of this key; a Hub may create it instead
   */
  async updateSetting({ key, ...fields }: SettingRecord, repeatable = true): Promise<boolean> {
    const path = `${SETTINGS}/${encodeURIComponent(key)}`;
    const request = { method: 'PUT', path, body: fields, accept: [404] } as const;
    const { status } = await this.#http.send({ ...request, ...SETTING_WRITE, repeatable });
    return status !== 404;
  }

  /** Creates or updates a setting, on a Hub that does either with either method. */
  async upsertSetting(record: SettingRecord, exists: boolean): Promise<void> {
    if (exists) {
      (await this.updateSetting(record)) || (await this.createSetting(record));
    } else {
      (await this.createSetting(record)) || (await this.updateSetting(record));
    }
  }

  /** @returns the workflows that match, or undefined where the Hub has no such list */
  async workflows(query: string): Promise<Record<string, unknown>[] | undefined> {
    const path = '/admin/workflows';
    const search = { pagesize: '100', query };
    const { status, json } = await this.#get(path, { query: search, optional: true });
    return status >= 400 ? undefined : parseAnswer(answers.workflows, json, path).records;
  }

  /** @returns the paths of all files in the Hub's resources, or undefined where the Hub does not show them */
  async resourcePaths(): Promise<Set<string> | undefined> {
    const path = '/admin/resources';
    const { status, json } = await this.#get(path, { query: { tree: 'true' }, optional: true });
    return status >= 400 ? undefined : filesOf(parseAnswer(answers.tree, json, path));
  }

  /** @returns a file of the Hub's resources, or undefined where it has none of this path */
  async resourceFile(file: string): Promise<Buffer | undefined> {
    const path = '/admin/resources/file';
    const query = { stream: 'false', path: file };
    const { status, json } = await this.#get(path, { query, optional: true, accept: NO_SUCH_FILE });
    return status >= 400
      ? undefined
      : Buffer.from(parseAnswer(answers.file, json, path).content, 'base64');
  }

  /**
   * The processes that match, which are runs of workflows. How the query is written is documented nowhere.
   *
   * @param query empty for all of them
   * @param size how many at most
   * @returns undefined where the Hub does not show them
   */
  async processes(query: string, size: number): Promise<Record<string, unknown>[] | undefined> {
    const path = '/admin/processes';
    const search = { pagesize: String(size), ...(query !== '' && { query }) };
    const request = { query: search, optional: true, accept: NOT_SHOWN };
    const { status, json } = await this.#get(path, request);
    const shown = answers.processes.safeParse(json);
    return status >= 400 || !shown.success ? undefined : shown.data.records;
  }

  /** Imports forms and workflows. */
  async importConfig(config: unknown): Promise<void> {
    const path = '/setup/database/config/import';
    await this.#http.send({ method: 'POST', path, body: config, isAnswerOpen: true });
  }

  /**
   * Runs a workflow and waits for its end. A run is never repeated: nobody knows what the first one did.
   *
   * @returns its output, or the sentence that it failed with, known by the body alone
   */
  async runWorkflow(
    key: string,
    input: unknown,
    options: { timeoutSeconds: number },
  ): Promise<RunAnswer> {
    const path = `/my/workflows/run/${encodeURIComponent(key)}`;
    const { status, json } = await this.#http.send({
      method: 'POST',
      path,
      query: { timeout: String(options.timeoutSeconds) },
      ...(input !== undefined && { body: input }),
      repeatable: false,
      isRun: true,
      accept: [404],
      timeoutMs: (options.timeoutSeconds + 5) * 1000,
    });
    if (isFailedRun(json)) {
      return { kind: 'failed', status, message: this.#http.safe(failureOf(json)) };
    }
    return status === 404
      ? { kind: 'missing' }
      : { kind: 'done', output: parseAnswer(answers.run, json, path).output };
  }

  #get(path: string, rest: Omit<HubRequest, 'method' | 'path'>): Promise<HubAnswer> {
    return this.#http.send({ method: 'GET', path, ...rest });
  }
}

/**
 * Names the Hub.
 *
 * @returns a client of the Hub that a connection leads to; to be closed after use
 */
export function hubClient(connection: Connection, context: Context): HubClient {
  nameHub(connection, context);
  return new HubClient(new HubHttp(connection, dispatcherFor(connection, context), context));
}
