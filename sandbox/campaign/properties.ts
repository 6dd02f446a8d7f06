import type { FortnoxModes } from '../fortnox/modes.js';
import type { SettingsModes } from '../hub/modes.js';
import type { Latency } from '../net/latency.js';
import type { Random } from './random.js';

/** What can be drawn for one property of a world: each value with its weight and what the report calls it. */
type Choices<Value> = readonly (readonly [value: Value, weight: number, name: string])[];

const CLOCK_OFF = 600_000;

/** What a world is like for one whole history. @internal tests name it */
export const PROPERTIES = {
  put: choices<SettingsModes['put']>(['merges', 1, 'PUT merges'], ['replaces', 1, 'PUT replaces']),
  search: choices<SettingsModes['search']>(
    ['immediate', 1, 'search at once'],
    ['lags', 1, 'search lags a second'],
  ),
  settingsMap: choices<SettingsModes['settingsMap']>(
    ['complete', 9, 'settings list complete'],
    ['gaps', 1, 'settings list with gaps'],
  ),
  restart: choices<'forgets' | 'resumes'>(
    ['forgets', 1, 'killed runs are forgotten'],
    ['resumes', 1, 'killed runs are resumed'],
  ),
  hasSchedule: choices([true, 6, 'schedule on'], [false, 4, 'schedule off']),
  isManual: choices(
    [true, 1, 'record of the manual blueprint'],
    [false, 1, 'record of this blueprint'],
  ),
  scope: choices(
    ['customer invoice companyinformation', 6, 'scope with companyinformation'],
    ['customer invoice', 4, 'scope without companyinformation'],
  ),
  latency: choices<Latency>(
    [{ milliseconds: 20, jitter: 220 }, 6, 'calls of 20 to 240 ms'],
    [{ milliseconds: 0, jitter: 2000 }, 4, 'calls of 0 to 2 s'],
  ),
  fortnoxOff: choices(
    [0, 6, "Fortnox's clock right"],
    [CLOCK_OFF, 4, "Fortnox's clock 10 min off"],
  ),
  nodeOff: choices([0, 8, 'one clock in the Hub'], [CLOCK_OFF, 2, 'Hub nodes 10 min apart']),
  expiresIn: choices<FortnoxModes['expiresIn']>(
    ['number', 7, 'expires_in a number'],
    ['text', 1, 'expires_in a text'],
    ['zero', 1, 'expires_in 0'],
    ['missing', 1, 'expires_in missing'],
  ),
  accessTokens: choices<FortnoxModes['accessTokens']>(
    ['jwt', 8, 'access token a JWT'],
    ['opaque', 2, 'access token opaque'],
  ),
  gracePeriod: choices(
    [0, 8, 'no grace period'],
    [30_000, 1, 'grace period 30 s'],
    [300_000, 1, 'grace period 5 min'],
  ),
};

/** The properties of one world. */
export type Properties = {
  readonly [Name in keyof typeof PROPERTIES]: (typeof PROPERTIES)[Name][number][0];
};

/** Draws the properties of a world. @returns them, and what each is called; clocks are off by up to what is drawn */
export function drawProperties(random: Random): { drawn: Properties; names: readonly string[] } {
  const names: string[] = [];
  const entries = Object.entries(PROPERTIES).map(([key, rows]) => {
    const [value, , name] = random.weighted(rows as Choices<unknown>);
    names.push(name);
    return [key, key.endsWith('Off') ? drawOff(Number(value), random) : value];
  });
  return { drawn: Object.fromEntries(entries) as Properties, names };
}

function drawOff(most: number, random: Random): number {
  return most === 0 ? 0 : random.whole(-most, most);
}

function choices<Value>(...rows: Choices<Value>): Choices<Value> {
  return rows;
}
