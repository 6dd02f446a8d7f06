import type { SettingsModes } from './modes.js';
import type { Setting } from './setting.js';

/** How long a write stays unseen by the list where it lags, in milliseconds. */
const LAG = 1000;

/** Where lists have gaps, every so many of them lacks an entry. */
const GAP_EVERY = 5;

/** What a list of settings shows, which is a search: it can lag behind a write, and miss an entry. */
export class SettingsList {
  readonly #modes: SettingsModes;
  readonly #now: () => number;
  /** What the list still shows of settings that were written a moment ago, and until when. */
  readonly #before = new Map<string, { setting: Setting | undefined; until: number }>();
  #hiddenOnce: string | undefined;
  #lists = 0;

  /** @param now tells the time in milliseconds since 1970 */
  constructor(modes: SettingsModes, now: () => number) {
    this.#modes = modes;
    this.#now = now;
  }

  /** Leaves a setting out of the next list. */
  hideOnce(key: string): void {
    this.#hiddenOnce = key;
  }

  /** Told of a write: what was stored before, and whether the next list shows it at once. */
  wrote(key: string, before: Setting | undefined, isRefreshed: boolean): void {
    if (this.#modes.search === 'lags' && !isRefreshed) {
      this.#before.set(key, { setting: before, until: this.#now() + LAG });
    } else {
      this.#before.clear();
    }
  }

  /** @returns the settings that a list shows at this moment, of those that are stored */
  shown(stored: ReadonlyMap<string, Setting>): Setting[] {
    const keys = new Set([...stored.keys(), ...this.#before.keys()]);
    keys.delete(this.#hiddenOnce ?? this.#gap([...keys]) ?? '');
    this.#hiddenOnce = undefined;
    return [...keys].flatMap((key) => {
      const before = this.#before.get(key);
      return (before && this.#now() < before.until ? before.setting : stored.get(key)) ?? [];
    });
  }

  #gap(keys: readonly string[]): string | undefined {
    this.#lists += 1;
    const isGap = this.#modes.settingsMap === 'gaps' && this.#lists % GAP_EVERY === 0;
    return isGap ? keys[(this.#lists / GAP_EVERY) % keys.length] : undefined;
  }
}
