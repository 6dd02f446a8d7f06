import { isRecord } from '../core/json.js';
import type { HubClient } from './client.js';
import type { HubRequest } from './request.js';

/** What a Hub exports: the entries of a collection; undefined where it shows none of that name. */
export interface Exported {
  readonly forms: Record<string, unknown>[] | undefined;
  readonly workflows: Record<string, unknown>[] | undefined;
}

/** What can be deleted in a Hub, with where; no public source says whether a Hub takes it. */
const DELETES = {
  setting: '/admin/config/settings',
  workflow: '/admin/workflows',
  form: '/admin/forms',
} as const;

/** A kind of thing that can be deleted in a Hub. */
export type Deletable = keyof typeof DELETES;

/**
 * Reads forms and workflows through the export. That it is a GET, and what its answer is wrapped in, is inferred alone:
 * what can't be understood counts as not shown.
 *
 * @returns undefined where the Hub has no export
 */
export async function exportConfig(hub: HubClient): Promise<Exported | undefined> {
  const path = '/setup/database/config/export';
  const accept = [400, 403, 422, 500];
  const { status, json } = await hub.send({ method: 'GET', path, optional: true, accept });
  const document = status < 300 ? documentIn(json) : undefined;
  return document && { forms: entries(document.form), workflows: entries(document.workflow) };
}

/**
 * Deletes a thing.
 *
 * @param kind with the id: a stored key, a workflow key, a form slug
 * @returns false where the Hub has no such thing, or doesn't let it be deleted: it answers the same to both
 */
export async function deleteFrom(hub: HubClient, kind: Deletable, id: string): Promise<boolean> {
  const path = `${DELETES[kind]}/${encodeURIComponent(id)}`;
  const request = { method: 'DELETE', path, optional: true, isAnswerOpen: true } as const;
  return (await hub.send(request)).status < 300;
}

/** @returns the processes of a workflow that have not ended; undefined where the Hub lists none */
export async function runningProcesses(
  hub: HubClient,
  workflow: string,
): Promise<Record<string, unknown>[] | undefined> {
  const query = { query: workflow, pagesize: '100' };
  const request = { method: 'GET', path: '/admin/processes', query, optional: true } as const;
  const { status, json } = await hub.send({ ...request, accept: [400, 422, 500] });
  const records = status < 300 && isRecord(json) ? entries(json.records) : undefined;
  return records?.filter((process) => isOf(process, workflow) && !hasEnded(process));
}

/**
 * Starts a workflow without waiting for its end. It is sent once: nobody knows what a second start does.
 *
 * @returns false where the Hub can't start one so
 */
export async function startWorkflow(hub: HubClient, key: string, title: string): Promise<boolean> {
  const request: HubRequest = {
    method: 'POST',
    path: `/my/processes/start/${encodeURIComponent(key)}`,
    body: { title, input: {} },
    repeatable: false,
    optional: true,
    isAnswerOpen: true,
  };
  return (await hub.send(request)).status < 300;
}

// The document itself, or one that it is wrapped in.
function documentIn(json: unknown): Record<string, unknown> | undefined {
  const isDocument = (value: unknown): value is Record<string, unknown> =>
    isRecord(value) && (Array.isArray(value.form) || Array.isArray(value.workflow));
  if (isDocument(json)) {
    return json;
  }
  if (isRecord(json) && Object.keys(json).length === 0) {
    return { form: [], workflow: [] };
  }
  return isRecord(json) ? Object.values(json).find(isDocument) : undefined;
}

function entries(value: unknown): Record<string, unknown>[] | undefined {
  return Array.isArray(value) ? value.filter(isRecord) : undefined;
}

function isOf({ workflow }: Record<string, unknown>, key: string): boolean {
  const name = isRecord(workflow) ? (workflow.key ?? workflow.slug) : workflow;
  // Where the list does not say, the search for the key has found it.
  return name === undefined || name === key;
}

function hasEnded({ enddate, status }: Record<string, unknown>): boolean {
  const key = isRecord(status) ? status.statuskey : status;
  const isOver = typeof key === 'string' && /complete|fail|error|cancel|abort|stop/i.test(key);
  return isOver || (enddate !== undefined && enddate !== null && enddate !== '');
}
