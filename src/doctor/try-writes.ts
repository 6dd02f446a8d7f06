import { randomBytes } from 'node:crypto';
import type { Probed, Prober } from '../hub/prober.js';
import { isSuccess, statusOf } from './answer.js';
import type { Profile } from './profile.js';
import { type Outcome, refusalOf, removed, Scratch } from './scratch.js';

type Settings = Profile['settings'];

/** The list may lag about a second; after this long it tells nothing of whether it does. */
const TELLING_MS = 700;

/**
 * Learns by one setting of a random key how the Hub takes writes, and takes the setting away again. A run that is
 * killed leaves that setting at most, which the next one finds by its name.
 *
 * @throws InterruptedError at Ctrl-C, when the setting has been taken away as far as that works
 */
export async function tryWrites(prober: Prober): Promise<Outcome> {
  const scratch = new Scratch(prober);
  await scratch.removeLeftovers();
  let mayExist = true;
  try {
    const first = await scratch.put(scratch.record(newValue()));
    const put = await putOf(first, scratch);
    const created = put === 'creates' ? first : await scratch.post(newValue());
    const refused = put === 'creates' ? undefined : refusalOf(created);
    if (refused !== undefined) {
      // A request that was cut may have done its work all the same.
      const mayStay = isSuccess(first) || [undefined, 409].includes(statusOf(created));
      mayExist = false;
      const isLeft = mayStay && !(await removed(scratch)).isGone;
      const left = isLeft ? scratch.key : undefined;
      return { settings: { ...UNKNOWN, put }, left, refused };
    }
    const learnt = { put, ...(await learn(scratch)) };
    mayExist = false;
    const { isGone, delete: takenAway } = await removed(scratch);
    const left = isGone ? undefined : scratch.key;
    return { settings: { ...learnt, delete: takenAway }, left, refused: undefined };
  } finally {
    if (mayExist) {
      await scratch.remove();
    }
  }
}

const UNKNOWN: Settings = {
  put: 'unknown',
  putFields: 'unknown',
  post: 'unknown',
  passwords: 'unknown',
  delete: 'unknown',
  search: 'unknown',
};

async function putOf(probed: Probed, scratch: Scratch): Promise<Settings['put']> {
  if (isSuccess(probed)) {
    return (await scratch.read()) ? 'creates' : 'unknown';
  }
  const isPage = 'answer' in probed && probed.answer.isPage;
  return statusOf(probed) === 404 && !isPage ? 'not-found' : 'unknown';
}

/** The setting is there: what a second POST, a PUT of a part and a password come to. */
async function learn(scratch: Scratch): Promise<Omit<Settings, 'put' | 'delete'>> {
  const second = newValue();
  const posted = await scratch.post(second);
  const before = await scratch.read();
  const third = newValue();
  const { name: _, ...withoutName } = scratch.record(third);
  const isWritten = isSuccess(await scratch.put(withoutName, false));
  const since = performance.now();
  const listed = await scratch.listed();
  const tookMs = performance.now() - since;
  const after = await scratch.read();
  const secret = newValue();
  const isSecret = isSuccess(await scratch.put(scratch.record(secret, 'password')));
  const shown = isSecret ? (await scratch.read())?.value : undefined;
  const isRead = isWritten && after?.value === third;
  return {
    post: postOf(posted, before?.value === second),
    putFields:
      isRead && before?.name === scratch.name ? fieldsOf(after.name, before.name) : 'unknown',
    search: isRead ? searchOf(listed, third, tookMs) : 'unknown',
    passwords: passwordsOf(shown, secret),
  };
}

function postOf(probed: Probed, isOverwritten: boolean): Settings['post'] {
  if (statusOf(probed) === 409) {
    return 'conflict';
  }
  return isSuccess(probed) && isOverwritten ? 'overwrites' : 'unknown';
}

const fieldsOf = (name: unknown, before: unknown) => (name === before ? 'merges' : 'replaces');

/** An entry that is missing tells nothing: some lists lack one now and then. */
function searchOf(listed: unknown, written: string, tookMs: number): Settings['search'] {
  if (listed !== written) {
    return typeof listed === 'string' ? 'lags' : 'unknown';
  }
  return tookMs < TELLING_MS ? 'immediate' : 'unknown';
}

function passwordsOf(shown: unknown, secret: string): Settings['passwords'] {
  if (shown === secret) {
    return 'readable';
  }
  return typeof shown === 'string' && /^[*•]+$/.test(shown) ? 'masked' : 'unknown';
}

function newValue(): string {
  return randomBytes(12).toString('hex');
}
