import * as z from 'zod/mini';
import { RefusedError } from '../core/errors.js';
import { isRecord } from '../core/json.js';

const storedSetting = z.looseObject({
  value: z.optional(z.unknown()),
  type: z.optional(z.string()),
  tag: z.optional(z.readonly(z.array(z.string()))),
  role: z.optional(z.readonly(z.array(z.string()))),
});

/** A setting as the Hub shows it; a Hub may leave fields out. */
export type StoredSetting = z.infer<typeof storedSetting>;

/** How a run of a workflow ended. */
export type RunAnswer =
  | { readonly kind: 'done'; readonly output: unknown }
  /** The flow ran and failed, with this sentence; empty where it gave none. */
  | { readonly kind: 'failed'; readonly status: number; readonly message: string }
  /** The Hub has no workflow of this key. */
  | { readonly kind: 'missing' };

const treeNode = z.looseObject({
  path: z.string(),
  type: z.string(),
  get children(): z.ZodMiniOptional<z.ZodMiniArray<typeof treeNode>> {
    return z.optional(z.array(treeNode));
  },
});

/** What the Hub's documented reads answer. */
export const answers = {
  setting: storedSetting,
  settingsMap: z.record(z.string(), z.unknown()),
  workflows: z.looseObject({ records: z.array(z.looseObject({ key: z.string() })) }),
  tree: z.array(treeNode),
  file: z.looseObject({ content: z.string() }),
  run: z.looseObject({ output: z.optional(z.unknown()) }),
  processes: z.looseObject({ records: z.array(z.looseObject({})) }),
} as const;

/**
 * Reads an answer.
 *
 * @param path what was asked for, for the error
 * @throws RefusedError when it is not what is documented
 */
export function parseAnswer<T>(schema: z.ZodMiniType<T>, json: unknown, path: string): T {
  const result = schema.safeParse(json);
  if (result.success) {
    return result.data;
  }
  throw new RefusedError(
    'hub_unexpected',
    `The Hub answered ${path} with something that its API does not document.`,
    'Check that --api-url leads to the API of an Onify Hub, version 2.',
  );
}

/** @returns the paths of all files in a resource tree, each with a slash in front */
export function filesOf(tree: z.infer<typeof answers.tree>): Set<string> {
  const paths = new Set<string>();
  const open = [...tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'file') {
      paths.add(node.path.startsWith('/') ? node.path : `/${node.path}`);
    }
    open.push(...(node.children ?? []));
  }
  return paths;
}

/**
 * Tells a flow that ran and failed from a refusal of the Hub: its `error` is an object, that of a refusal is text,
 * and a proxy sends neither. The status tells nothing: it is 502, or what an upstream service had answered.
 *
 * https://github.com/onify/blueprint-cloudblue-commerce-change-subscription
 */
export function isFailedRun(json: unknown): boolean {
  return isRecord(json) && isRecord(json.error) && !('output' in json);
}

/** @returns the sentence that a failed run of a workflow carries; empty where it carries none */
export function failureOf(json: unknown): string {
  const answer = isRecord(json) ? json : {};
  const text = (isRecord(answer.error) ? answer.error.message : undefined) ?? answer.message;
  return typeof text === 'string' ? text : '';
}
