import type { Latency } from '../net/latency.js';
import type { World } from '../world.js';
import { causeOf, type Span, type Unavoidable } from './cause.js';
import { ConnectedWorld } from './connected-world.js';
import type { Material } from './material.js';
import { hitsOf, orderAny, refuseWrites } from './orders.js';
import { Random } from './random.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const SECOND = 1000;

/** How a history ended. */
export interface Outcome {
  readonly seed: number;
  readonly lost: boolean;
  /** Set where the connection was lost and nothing could have kept it. */
  readonly unavoidable?: Unavoidable;
  /** Refreshes that answered a token which did not work at that moment, or in the end one of another company. */
  readonly wrong: number;
  readonly runs: number;
  readonly calls: number;
  readonly hits: Record<string, number>;
  readonly trace: readonly string[];
}

/** Makes and runs one random history. The same seed and latency give the same history, to the letter. */
export async function runHistory(
  material: Material,
  seed: number,
  clientCredentials: boolean,
  latency?: Latency,
): Promise<Outcome> {
  const random = new Random(seed);
  const put = random.pick<'merges' | 'replaces'>(['merges', 'replaces']);
  const search = random.pick<'immediate' | 'lags'>(['immediate', 'lags']);
  const world = new ConnectedWorld(material, random, { put, search, clientCredentials, latency });
  const history = new History(world, random, clientCredentials);
  world.note(`PUT ${put}; search ${search}; the schedule is ${history.hasSchedule ? 'on' : 'off'}`);
  const episodes = random.whole(1, 2);
  for (let episode = 0; episode < episodes; episode += 1) {
    await history.letDaysPass();
    await history.trouble();
  }
  const lost = !(await history.recover());
  const unavoidable = lost ? history.cause() : undefined;
  return {
    seed,
    lost,
    ...(unavoidable && { unavoidable }),
    wrong: history.wrong,
    runs: world.runs,
    calls: world.world.faults.calls.length,
    hits: hitsOf(world.world.faults),
    trace: world.trace,
  };
}

class History {
  readonly hasSchedule: boolean;
  wrong = 0;
  readonly #connected: ConnectedWorld;
  readonly #world: World;
  readonly #random: Random;
  readonly #refusing: Span[] = [];

  constructor(
    connected: ConnectedWorld,
    random: Random,
    readonly clientCredentials: boolean,
  ) {
    this.#connected = connected;
    this.#world = connected.world;
    this.#random = random;
    this.hasSchedule = random.chance(0.6);
  }

  /** Minutes to 60 days; the schedule, where it is on, fires at least every fifteenth day of them. */
  async letDaysPass(): Promise<void> {
    const { clock } = this.#world;
    let left = this.#random.pick([
      this.#random.whole(60, 7200) * SECOND,
      this.#random.whole(2, 24) * HOUR,
      this.#random.whole(1, 10) * DAY,
      this.#random.whole(20, 60) * DAY,
    ]);
    while (this.hasSchedule && left > 15 * DAY) {
      const step = this.#random.whole(12, 15) * DAY;
      clock.advance(step);
      left -= step;
      await clock.until(this.#connected.fireSchedule());
    }
    clock.advance(left);
  }

  /** One to four refreshes at about the same time, with faults, and perhaps the death of the Hub. */
  async trouble(): Promise<void> {
    const world = this.#world;
    const random = this.#random;
    const refreshes = random.pick([1, 1, 2, 3, 4]);
    for (let faults = random.whole(0, 2); faults > 0; faults -= 1) {
      orderAny(world.faults, random, 'fortnox', refreshes + 1);
    }
    for (let faults = random.whole(0, 2); faults > 0; faults -= 1) {
      orderAny(world.faults, random, 'write', 3);
    }
    for (let faults = random.whole(0, 1); faults > 0; faults -= 1) {
      orderAny(world.faults, random, 'read', 6);
    }
    if (random.chance(0.05)) {
      this.#refuseWrites();
    }
    const kill = random.chance(0.15)
      ? world.clock.after(random.whole(0, 20_000), () => this.#connected.kill())
      : undefined;
    const hide = random.chance(0.3)
      ? world.clock.after(random.whole(0, 3000), () => this.#connected.hideToken())
      : undefined;
    const running: Promise<unknown>[] = [];
    for (let started = 0; started < refreshes; started += 1) {
      running.push(this.#startSoon());
    }
    if (random.chance(0.2)) {
      running.push(this.#activateSoon());
    }
    await world.clock.until(Promise.all(running));
    kill?.();
    hide?.();
    world.clock.clear();
  }

  /** Ends all faults. @returns whether a working access token is there after at most three refreshes */
  async recover(): Promise<boolean> {
    const { faults, clock } = this.#world;
    faults.clear();
    this.#connected.note('all faults end');
    for (let left = 3; left > 0; left -= 1) {
      clock.advance(60 * SECOND);
      if (await clock.until(this.#refresh(true))) {
        return true;
      }
    }
    return false;
  }

  /** @returns why the connection was lost, where nothing could have kept it */
  cause(): Unavoidable | undefined {
    return causeOf(this.#connected.ledger, this.#refusing, this.hasSchedule);
  }

  #refuseWrites(): void {
    const { clock, faults } = this.#world;
    const from = clock.now();
    const to = from + this.#random.whole(40, 90) * SECOND;
    refuseWrites(faults, to);
    this.#refusing.push({ from, to });
    this.#connected.note(`the Hub refuses writes for ${(to - from) / SECOND} s`);
  }

  #startSoon(): Promise<unknown> {
    const delay = this.#random.pick([0, this.#random.whole(0, 500), this.#random.whole(0, 15_000)]);
    return new Promise((resolve, reject) => {
      this.#world.clock.after(delay, () => this.#refresh().then(resolve, reject));
    });
  }

  #activateSoon(): Promise<void> {
    const { fortnox, clock } = this.#world;
    const isSame = this.#random.chance(0.5);
    const company = isSame ? fortnox.company() : fortnox.addCompany(555, 'Det andra bolaget AB');
    return new Promise((resolve, reject) => {
      clock.after(this.#random.whole(0, 15_000), () => {
        this.#connected.activate(company, this.clientCredentials).then(resolve, reject);
      });
    });
  }

  /** @returns whether the refresh answered a token that works */
  async #refresh(isQuiet = false): Promise<boolean> {
    const result = await this.#connected.refresh();
    if (!result.ok) {
      return false;
    }
    const answer = result.output.output as { access_token?: unknown } | undefined;
    const { fortnox } = this.#world;
    const token = String(answer?.access_token);
    const works = fortnox.isAccessTokenValid(token);
    if (!works) {
      this.wrong += 1;
      this.#connected.note('that token does not work');
    }
    const { tenantId } = this.#connected;
    if (isQuiet && works && tenantId && fortnox.grantOf(token)?.tenantId !== tenantId) {
      this.wrong += 1;
      this.#connected.note('that token is of another company');
    }
    return works;
  }
}
