import { accessTokenSpec } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { BlueprintError } from '../core/errors.js';
import { isRecord, parseJson } from '../core/json.js';
import { sleep } from '../core/sleep.js';
import type { HubClient, StoredSetting } from '../hub/client.js';
import { hideStored } from '../token/stored-token.js';
import { putFields, putMerges } from './put-merges.js';
import { hasAttributes, isMasked } from './stored-settings.js';

/** How often a write is tried that fails, or that a flow undoes at the same time. */
const ATTEMPTS = 4;
const FIRST_WAIT_MS = 300;

/** What installing has to do about the stored token. */
type TokenVerdict = 'missing' | 'fine' | 'correct' | 'leave';

/**
 * Judges the stored token, whose value belongs to the flows.
 *
 * @returns `correct` where the type, the tags or the role are to be brought in line, `leave` where that can't be
 *   done without losing what is there
 */
export function judgeToken(current: StoredSetting | undefined): TokenVerdict {
  if (!current) {
    return 'missing';
  }
  const { value, type } = current;
  const isRight = hasAttributes(current, accessTokenSpec);
  if (value === undefined || isMasked(value)) {
    return isRight ? 'fine' : 'leave';
  }
  if (tokenJson(value) === undefined) {
    return 'leave';
  }
  // A Hub that shows an object as its JSON must say that it is one.
  const isKept = isRecord(value) || (typeof value === 'string' && type === accessTokenSpec.type);
  return isKept && isRight ? 'fine' : 'correct';
}

/**
 * Brings the stored token's type, tags and role in line, or makes an empty one. A flow may renew the token at any
 * time: where a PUT merges, the value is left out of it, so that what was stored between reading and writing stays.
 * Else it is read right before and after each write, and no write is repeated without that.
 *
 * @param exists whether it was there when the plan was made
 * @param merges tells whether a PUT keeps what it leaves out; asked only where something is to be corrected
 */
export async function applyToken(
  hub: HubClient,
  exists: boolean,
  { output, signal }: Context,
  merges: () => Promise<boolean> = () => putMerges(hub),
): Promise<void> {
  let learnt: Promise<boolean> | undefined;
  const mayLeaveOut = () => {
    learnt ??= merges();
    return learnt;
  };
  const read = async () => {
    const setting = await hub.setting(accessTokenSpec.key);
    hideStored(setting?.value, output);
    return setting;
  };
  let current = exists ? await read() : undefined;
  for (let attempt = 1; ['missing', 'correct'].includes(judgeToken(current)); attempt += 1) {
    try {
      if (await write(hub, current, mayLeaveOut)) {
        return;
      }
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof BlueprintError && error.mayPass)) {
        throw error;
      }
      await sleep(FIRST_WAIT_MS * 2 ** attempt, signal);
    }
    if (attempt === ATTEMPTS) {
      return;
    }
    current = await read();
  }
}

/** @returns true where it was created, and need not be read again */
async function write(
  hub: HubClient,
  current: StoredSetting | undefined,
  mayLeaveOut: () => Promise<boolean>,
): Promise<boolean> {
  if (!current) {
    return hub.createSetting({ ...accessTokenSpec, value: '{}' }, false);
  }
  const { key, ...attributes } = accessTokenSpec;
  if (hasToken(current) && (await mayLeaveOut()) && (await putFields(hub, key, attributes))) {
    return false;
  }
  const value = tokenJson(current.value);
  if (value !== undefined) {
    await hub.updateSetting({ ...accessTokenSpec, value }, false);
  }
  return false;
}

// Of a value that no object could be there is nothing to be kept.
function hasToken({ value }: StoredSetting): boolean {
  return value !== null && value !== '';
}

/**
 * @returns a stored token as JSON, to be written back unchanged; undefined where no object could hold it
 * @internal exported for its tests
 */
export function tokenJson(value: unknown): string | undefined {
  if (value === null || value === '') {
    return '{}';
  }
  if (isRecord(value)) {
    return JSON.stringify(value);
  }
  return typeof value === 'string' && isRecord(parseJson(value)) ? value : undefined;
}
