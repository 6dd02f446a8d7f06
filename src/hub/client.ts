import * as z from 'zod';
import type { Connection } from '../config/connection.js';
import type { Context } from '../context.js';
import { RefusedError } from '../errors.js';
import { dispatcherFor } from './dispatcher.js';
import { HubHttp } from './http.js';

/** A setting as it is sent: always whole, as a Hub may reset what is left out. */
export interface SettingRecord {
  /** With the underscore in front. */
  readonly key: string;
  readonly name: string;
  /** An object's value is its JSON. */
  readonly value: string;
  readonly type: string;
  readonly tag: readonly string[];
  readonly role: readonly string[];
  readonly category: string;
}

const storedSetting = z.looseObject({
  value: z.unknown(),
  type: z.string().optional(),
  tag: z.array(z.string()).optional(),
  role: z.array(z.string()).optional(),
});

/** A setting as the Hub shows it; a Hub may leave fields out. */
export type StoredSetting = z.infer<typeof storedSetting>;

const workflowList = z.looseObject({ records: z.array(z.looseObject({ key: z.string() })) });

interface TreeNode {
  readonly path: string;
  readonly type: string;
  readonly children?: readonly TreeNode[] | undefined;
}
const treeNode: z.ZodType<TreeNode> = z.looseObject({
  path: z.string(),
  type: z.string(),
  get children() {
    return z.array(treeNode).optional();
  },
}) as never;

const fileAnswer = z.looseObject({ content: z.string() });
const runAnswer = z.looseObject({ output: z.unknown() });

/** How a run of a workflow ended. */
export type RunAnswer =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly status: number; readonly message: string };

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

  /** Closes the connections. */
  close(): Promise<void> {
    return this.#http.close();
  }

  /** @returns one setting, or undefined where the Hub has none of this key */
  async setting(key: string): Promise<StoredSetting | undefined> {
    const path = `/my/config/settings/${encodeURIComponent(key)}`;
    const { status, json } = await this.#http.send({ method: 'GET', path, accept: [404] });
    if (status === 404 || json === null) return undefined;
    const setting = parse(storedSetting, json, path);
    return 'value' in setting ? setting : undefined;
  }

  /** Creates or updates a setting, on a Hub that does either with either method. */
  async upsertSetting(record: SettingRecord, isThere: boolean): Promise<void> {
    const { key, ...fields } = record;
    const put = () =>
      this.#http.send({
        method: 'PUT',
        path: `/admin/config/settings/${encodeURIComponent(key)}`,
        query: { refresh: 'true' },
        body: fields,
        accept: [404],
      });
    const post = () =>
      this.#http.send({
        method: 'POST',
        path: '/admin/config/settings',
        query: { refresh: 'true' },
        body: record,
        accept: [409],
      });
    const first = isThere ? await put() : await post();
    if (isThere && first.status === 404) await post();
    if (!isThere && first.status === 409) await put();
  }

  /** @returns the workflows that match, or undefined where the Hub has no such list */
  async workflows(query: string): Promise<Record<string, unknown>[] | undefined> {
    const path = '/admin/workflows';
    const search = { pagesize: '100', query };
    const { status, json } = await this.#http.send({ method: 'GET', path, query: search, accept: [404] });
    return status === 404 ? undefined : parse(workflowList, json, path).records;
  }

  /** @returns the paths of all files in the Hub's resources, or undefined where the Hub does not show them */
  async resourcePaths(): Promise<Set<string> | undefined> {
    const path = '/admin/resources';
    const { status, json } = await this.#http.send({
      method: 'GET',
      path,
      query: { tree: 'true' },
      accept: [404],
    });
    if (status === 404) return undefined;
    const paths = new Set<string>();
    const walk = (nodes: readonly TreeNode[]) => {
      for (const node of nodes) {
        if (node.type === 'file') paths.add(node.path.startsWith('/') ? node.path : `/${node.path}`);
        walk(node.children ?? []);
      }
    };
    walk(parse(z.array(treeNode), json, path));
    return paths;
  }

  /** @returns a file of the Hub's resources, or undefined where it has none of this path */
  async resourceFile(file: string): Promise<Buffer | undefined> {
    const path = '/admin/resources/file';
    const query = { stream: 'false', path: file };
    const { status, json } = await this.#http.send({ method: 'GET', path, query, accept: [404] });
    return status === 404 ? undefined : Buffer.from(parse(fileAnswer, json, path).content, 'base64');
  }

  /** Imports forms and workflows. */
  async importConfig(config: unknown): Promise<void> {
    await this.#http.send({ method: 'POST', path: '/setup/database/config/import', body: config });
  }

  /**
   * Runs a workflow and waits for its end. A run is never repeated: nobody knows what the first one did.
   *
   * @returns its output, or the sentence that it failed with
   */
  async runWorkflow(key: string, input: unknown, options: { timeoutSeconds: number }): Promise<RunAnswer> {
    const path = `/my/workflows/run/${encodeURIComponent(key)}`;
    const { status, json } = await this.#http.send({
      method: 'POST',
      path,
      query: { timeout: String(options.timeoutSeconds) },
      ...(input !== undefined && { body: input }),
      repeatable: false,
      accept: [400, 404, 408, 422, 500, 504],
      timeoutMs: (options.timeoutSeconds + 5) * 1000,
    });
    if (status < 300) return { ok: true, output: parse(runAnswer, json, path).output };
    return { ok: false, status, message: failureOf(json) };
  }
}

/** @returns a client of the Hub that a connection leads to; to be closed after use */
export function hubClient(connection: Connection, context: Context): HubClient {
  return new HubClient(new HubHttp(connection, dispatcherFor(connection, context), context));
}

function failureOf(json: unknown): string {
  const { error, message } = (json ?? {}) as { error?: { message?: unknown }; message?: unknown };
  const text = error?.message ?? message;
  return typeof text === 'string' ? text : '';
}

function parse<T>(schema: z.ZodType<T>, json: unknown, path: string): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const hint = 'Check that --api-url leads to the API of an Onify Hub, version 2.';
  throw new RefusedError(
    'hub_unexpected',
    `The Hub answered ${path} with something that is not documented.`,
    hint,
  );
}
