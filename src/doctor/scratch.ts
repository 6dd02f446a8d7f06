import { randomBytes } from 'node:crypto';
import { isRecord } from '../core/json.js';
import type { Probed, Prober } from '../hub/prober.js';
import { isSuccess, jsonOf, reasonOf, statusOf } from './answer.js';
import type { Profile } from './profile.js';

/** The scratch settings of every run begin so; what follows is random. */
const PREFIX = '_fortnox_doctor_';
const SCRATCH_KEY = /^_fortnox_doctor_[0-9a-f]{16}$/;

/** One word, so that no search by words takes it for the tag of the blueprint's own. */
const SCRATCH_TAG = 'fortnoxdoctor';

/** Each costs a request; more than these wait for the next run. */
const MAX_LEFTOVERS = 2;

const SETTINGS = '/admin/config/settings';

/** How a read showed the scratch setting. */
interface Shown {
  readonly name: unknown;
  readonly value: unknown;
}

/** The writes of one run: a single setting of a random key, tagged with nothing that a flow looks for. */
export class Scratch {
  readonly key = PREFIX + randomBytes(8).toString('hex');
  readonly name = 'Scratch of fortnox-blueprint doctor; may be deleted';
  readonly #prober: Prober;

  constructor(prober: Prober) {
    this.#prober = prober;
  }

  /** @returns the whole record, as a PUT may replace what is left out */
  record(value: string, type = 'string'): Record<string, unknown> {
    const common = { tag: [SCRATCH_TAG], role: ['admin'], category: 'custom' };
    return { name: this.name, value, type, ...common };
  }

  /** Sends a PUT; `isSeenAtOnce`: with the parameter that makes the next search see it. */
  put(fields: Record<string, unknown>, isSeenAtOnce = true): Promise<Probed> {
    const query = isSeenAtOnce ? { query: { refresh: 'true' } } : {};
    const path = `${SETTINGS}/${this.key}`;
    return this.#prober.probe({ method: 'PUT', path, body: fields, ...query });
  }

  /** Sends a POST of the whole record. */
  post(value: string): Promise<Probed> {
    const body = { key: this.key, ...this.record(value) };
    return this.#prober.probe({ method: 'POST', path: SETTINGS, query: { refresh: 'true' }, body });
  }

  /** @returns how the Hub shows the setting; undefined where it shows none */
  async read(): Promise<Shown | undefined> {
    const path = `/my/config/settings/${this.key}`;
    const json = jsonOf(await this.#prober.probe({ method: 'GET', path }));
    return isRecord(json) && 'value' in json ? { name: json.name, value: json.value } : undefined;
  }

  /** @returns the value in the list of settings, which is a search; undefined where it is not in it */
  async listed(): Promise<unknown> {
    return (await this.#list())[this.key];
  }

  /** Takes away what runs that were killed left behind. */
  async removeLeftovers(): Promise<void> {
    const keys = Object.keys(await this.#list()).filter((key) => SCRATCH_KEY.test(key));
    for (const key of keys.slice(0, MAX_LEFTOVERS)) {
      await this.remove(key);
    }
  }

  /** Sends a DELETE, also when the run is being interrupted. */
  remove(key = this.key): Promise<Probed> {
    const path = `${SETTINGS}/${key}`;
    const query = { refresh: 'true' };
    return this.#prober.probe({ method: 'DELETE', path, query, isCleanUp: true });
  }

  async #list(): Promise<Readonly<Record<string, unknown>>> {
    const query = { tag: SCRATCH_TAG };
    const path = '/my/config/settings';
    const json = jsonOf(await this.#prober.probe({ method: 'GET', path, query }));
    return isRecord(json) ? json : {};
  }
}

/** What became of the scratch setting. */
export interface Outcome {
  readonly settings: Profile['settings'];
  /** The key of a setting that stays, as the Hub did not take it away. */
  readonly left: string | undefined;
  /** Why nothing could be written, where nothing could. */
  readonly refused: string | undefined;
}

/** @returns whether the setting is gone, as far as the answer to its DELETE and a read tell */
export async function removed(scratch: Scratch): Promise<{
  readonly isGone: boolean;
  readonly delete: Profile['settings']['delete'];
}> {
  const probed = await scratch.remove();
  if (isSuccess(probed)) {
    const isGone = (await scratch.read()) === undefined;
    return { isGone, delete: isGone ? 'works' : 'unknown' };
  }
  const isPage = 'answer' in probed && probed.answer.isPage;
  const isMissing = !isPage && [404, 405, 501].includes(statusOf(probed) ?? 0);
  return { isGone: false, delete: isMissing ? 'missing' : 'unknown' };
}

/** @returns why a write was not taken; undefined where it was */
export function refusalOf(probed: Probed): string | undefined {
  return isSuccess(probed) ? undefined : reasonOf(probed);
}
