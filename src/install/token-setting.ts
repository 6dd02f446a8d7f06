import { accessTokenSpec } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { BlueprintError } from '../core/errors.js';
import { sleep } from '../core/sleep.js';
import type { HubClient, StoredSetting } from '../hub/client.js';
import { hasAttributes, isMasked, isObject } from './stored-settings.js';

/** How often a write is tried that fails, or that a flow undoes at the same time. */
const ATTEMPTS = 4;
const FIRST_WAIT_MS = 300;

/** What settings are applied with. */
export interface Applying {
  readonly context: Context;
  /** Told each value of the token that is read, so that it is kept from being printed. */
  readonly remember: (value: unknown) => void;
}

/** What installing has to do about the stored token. */
export type TokenVerdict = 'missing' | 'fine' | 'correct' | 'leave';

/**
 * Judges the stored token, whose value belongs to the flows.
 *
 * @returns `correct` where the type, the tags or the role are to be brought in line, `leave` where that can't be
 *   done without losing what is there
 */
export function judgeToken(there: StoredSetting | undefined): TokenVerdict {
  if (!there) {
    return 'missing';
  }
  const { value, type } = there;
  const isRight = hasAttributes(there, accessTokenSpec);
  if (value === undefined || isMasked(value)) {
    return isRight ? 'fine' : 'leave';
  }
  if (tokenJson(value) === undefined) {
    return 'leave';
  }
  // A Hub that shows an object as its JSON must say that it is one.
  const isKept = isObject(value) || (typeof value === 'string' && type === accessTokenSpec.type);
  return isKept && isRight ? 'fine' : 'correct';
}

/** @returns a stored token as JSON, to be written back unchanged; undefined where no object could hold it */
export function tokenJson(value: unknown): string | undefined {
  if (value === null || value === '') {
    return '{}';
  }
  if (isObject(value)) {
    return JSON.stringify(value);
  }
  if (typeof value !== 'string') {
    return undefined;
  }
  try {
    return isObject(JSON.parse(value)) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Brings the stored token's type, tags and role in line, or makes an empty one. A flow may renew the token at any
 * time, so it is read right before and after each write, and no write is repeated without that: what a flow wrote
 * stays.
 *
 * @param isThere whether it was there a moment ago
 */
export async function applyToken(
  hub: HubClient,
  isThere: boolean,
  { context, remember }: Applying,
): Promise<void> {
  const read = async () => {
    const setting = await hub.setting(accessTokenSpec.key);
    remember(setting?.value);
    return setting;
  };
  let there = isThere ? await read() : undefined;
  for (let attempt = 1; ['missing', 'correct'].includes(judgeToken(there)); attempt += 1) {
    try {
      if (await write(hub, there)) {
        return;
      }
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof BlueprintError && error.mayPass)) {
        throw error;
      }
      await sleep(FIRST_WAIT_MS * 2 ** attempt, context.signal);
    }
    if (attempt === ATTEMPTS) {
      return;
    }
    there = await read();
  }
}

/** @returns true where it was created, and need not be read again */
async function write(hub: HubClient, there: StoredSetting | undefined): Promise<boolean> {
  if (!there) {
    return hub.createSetting({ ...accessTokenSpec, value: '{}' }, false);
  }
  const value = tokenJson(there.value);
  if (value !== undefined) {
    await hub.updateSetting({ ...accessTokenSpec, value }, false);
  }
  return false;
}
