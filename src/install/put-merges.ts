import { clientIdSpec } from '../blueprint/manifest.js';
import type { HubClient } from '../hub/client.js';
import { hasAttributes } from './stored-settings.js';

const PATH = '/admin/config/settings';

/** What no documentation settles may be refused. */
const REFUSED = [400, 404, 422];

/**
 * Learns whether a PUT keeps the fields that it leaves out. The client id is written for that, with the value that it
 * has, and whole again where the Hub dropped the rest: it is no secret, and nobody else writes it.
 *
 * @returns false where it does not, or can't be told
 */
export async function putMerges(hub: HubClient): Promise<boolean> {
  const { key, type } = clientIdSpec;
  const before = await hub.setting(key);
  const isWhole = before?.tag !== undefined && hasAttributes(before, clientIdSpec);
  if (!isWhole || typeof before.value !== 'string') {
    return false;
  }
  if (!(await putFields(hub, key, { value: before.value, type }))) {
    return false;
  }
  const after = await hub.setting(key);
  const merges = after?.tag !== undefined && hasAttributes(after, clientIdSpec);
  if (!merges) {
    await hub.upsertSetting({ ...clientIdSpec, value: before.value }, true);
  }
  return merges;
}

/** Writes some fields of a setting. @returns false where the Hub refuses that */
export async function putFields(
  hub: HubClient,
  key: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const { status } = await hub.send({
    method: 'PUT',
    path: `${PATH}/${encodeURIComponent(key)}`,
    query: { refresh: 'true' },
    body: fields,
    accept: REFUSED,
    isAnswerOpen: true,
  });
  return status < 300;
}
