import type { Random } from './random.js';

/** Which calls a fault can hit. */
export type Target = 'fortnox' | 'read' | 'write';

/** What goes wrong with a call. `works` tells whether the server does its work all the same. */
export interface Fault {
  readonly name: string;
  readonly works: boolean;
  /** The answer in place of the server's; none: the connection is cut, or nothing ever comes. */
  readonly answer?: { readonly statusCode: number; readonly body: unknown };
  readonly cut?: 'ECONNREFUSED' | 'ECONNRESET';
  /** Seconds by which the answer is late. */
  readonly late?: number;
}

const json = (statusCode: number, body: unknown) => ({ statusCode, body: JSON.stringify(body) });
const HTML = '<html><body>Bad gateway</body></html>';

const anywhere: readonly Fault[] = [
  { name: 'refused', works: false, cut: 'ECONNREFUSED' },
  { name: 'cut before', works: false, cut: 'ECONNRESET' },
  { name: 'cut after', works: true, cut: 'ECONNRESET' },
  { name: 'hangs before', works: false },
  { name: 'hangs after', works: true },
  { name: 'late', works: true, late: 3 },
  { name: '403', works: false, answer: { statusCode: 403, body: { message: 'Forbidden' } } },
  { name: '404', works: false, answer: { statusCode: 404, body: { message: 'Not found' } } },
  {
    name: '429',
    works: false,
    answer: { statusCode: 429, body: { message: 'Too many requests' } },
  },
  { name: '500', works: false, answer: { statusCode: 500, body: { message: 'Internal error' } } },
  {
    name: '500 after',
    works: true,
    answer: { statusCode: 500, body: { message: 'Internal error' } },
  },
  { name: '502 HTML', works: false, answer: { statusCode: 502, body: HTML } },
];

const atFortnox: readonly Fault[] = [
  { name: 'very late', works: true, late: 12 },
  { name: 'invalid_grant', works: false, answer: json(400, { error: 'invalid_grant' }) },
  { name: 'invalid_client', works: false, answer: json(401, { error: 'invalid_client' }) },
  { name: 'licence', works: false, answer: json(401, { error: 'error_missing_license' }) },
  { name: '200 broken', works: true, answer: { statusCode: 200, body: '{"access_token":"ey' } },
  { name: '200 no tokens', works: false, answer: json(200, {}) },
  {
    name: '200 a number',
    works: false,
    answer: json(200, { access_token: 1, refresh_token: 2, expires_in: 3600 }),
  },
];

const atWrite: readonly Fault[] = [
  { name: '200 HTML', works: false, answer: { statusCode: 200, body: HTML } },
  { name: '200 HTML after', works: true, answer: { statusCode: 200, body: HTML } },
  { name: '200 empty', works: false, answer: { statusCode: 200, body: '' } },
  { name: '409', works: false, answer: { statusCode: 409, body: { message: 'Conflict' } } },
];

const choices: Record<Target, readonly Fault[]> = {
  fortnox: [...anywhere, ...atFortnox],
  read: anywhere,
  write: [...anywhere, ...atWrite],
};

/** Faults that were ordered for single calls, counted from when they were ordered. */
export class FaultPlan {
  readonly #ordered = new Map<string, Fault>();
  readonly #calls: Record<Target, number> = { fortnox: 0, read: 0, write: 0 };
  #refusesUntil = 0;
  /** How often each fault has hit, by its target and name. */
  readonly hits: Record<string, number> = {};

  /** Orders a fault of any kind for one of the next calls of a target. */
  order(random: Random, target: Target, among: number): void {
    const nth = this.#calls[target] + random.whole(1, among);
    const [first, ...rest] = choices[target];
    if (first) {
      this.#ordered.set(`${target} ${nth}`, random.pick([first, ...rest]));
    }
  }

  /** Makes the Hub refuse every write until a time of the simulated clock. */
  refuseWritesUntil(time: number): void {
    this.#refusesUntil = time;
  }

  /** Takes back all that was ordered. */
  clear(): void {
    this.#ordered.clear();
    this.#refusesUntil = 0;
  }

  /** @returns what goes wrong with this call, made at this time, if anything */
  next(target: Target, now: number): Fault | undefined {
    this.#calls[target] += 1;
    const ordered = this.#ordered.get(`${target} ${this.#calls[target]}`);
    const fault =
      ordered ?? (target === 'write' && now < this.#refusesUntil ? REFUSED_WRITE : undefined);
    if (fault) {
      const name = `${target}: ${fault.name}`;
      this.hits[name] = (this.hits[name] ?? 0) + 1;
    }
    return fault;
  }
}

const REFUSED_WRITE: Fault = { name: 'refused for a while', works: false, cut: 'ECONNREFUSED' };
