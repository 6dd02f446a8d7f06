import { causeOf, type Unavoidable } from './cause.js';
import type { ConnectedWorld } from './connected-world.js';
import { type Backup, EVENTS, type Stage } from './events.js';
import { Judge } from './judge.js';
import { LATE_WRITE, MAX_LATE, orderAny } from './orders.js';
import type { Random } from './random.js';
import { storedIn } from './stored.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const SECOND = 1000;

/** What happens in a world, one thing after another. */
export class Story {
  readonly judge: Judge;
  readonly happened: string[] = [];
  readonly #world: ConnectedWorld;
  readonly #random: Random;
  readonly #backups: Backup[] = [];
  #running: Promise<unknown>[] = [];
  #mends: (() => unknown)[] = [];

  constructor(world: ConnectedWorld, random: Random) {
    this.#world = world;
    this.#random = random;
    this.judge = new Judge(world);
  }

  /** Minutes to 60 days; the schedule, where it is on, fires at least every fifteenth day of them. */
  async letDaysPass(): Promise<void> {
    const { clock } = this.#world.world;
    const isScheduled = this.#world.properties.hasSchedule;
    let left = this.#random.pick([
      this.#random.whole(60, 7200) * SECOND,
      this.#random.whole(2, 24) * HOUR,
      this.#random.whole(1, 10) * DAY,
      this.#random.whole(20, 60) * DAY,
    ]);
    this.#backUp();
    while (isScheduled && left > 15 * DAY) {
      const step = this.#random.whole(12, 15) * DAY;
      clock.advance(step);
      left -= step;
      for (let hub = 0; hub < this.#world.hubs(); hub += 1) {
        await clock.until(this.#world.fireSchedule(hub));
      }
      this.#backUp();
    }
    clock.advance(left);
  }

  /** One to four refreshes at about the same time, with faults, and whatever else happens. */
  async trouble(): Promise<void> {
    const random = this.#random;
    const { clock, faults } = this.#world.world;
    const refreshes = random.pick([1, 1, 2, 3, 4]);
    for (let left = random.whole(0, 2); left > 0; left -= 1) {
      orderAny(faults, random, 'fortnox', refreshes + 1);
    }
    for (let left = random.whole(0, 2); left > 0; left -= 1) {
      orderAny(faults, random, 'write', 3);
    }
    for (let left = random.whole(0, 1); left > 0; left -= 1) {
      orderAny(faults, random, 'read', 6);
    }
    for (let left = refreshes; left > 0; left -= 1) {
      const hub = this.#world.hubs() > 1 && random.chance(0.3) ? 1 : 0;
      const delay = random.pick([0, random.whole(0, 500), random.whole(0, 15_000)]);
      this.#after(delay, () => this.#world.refresh(hub));
    }
    for (const { name, chance, isFresh, happen } of EVENTS) {
      if (random.chance(chance)) {
        this.#after(random.whole(0, 15_000), async () => {
          this.happened.push(name);
          this.#world.note(name);
          if (isFresh) {
            this.judge.restart();
          }
          happen(this.#stage());
        });
      }
    }
    await this.#settle();
    clock.clear();
    if (random.chance(0.5)) {
      await this.#mendAll();
    }
  }

  /** Ends all trouble. @returns why the connection was lost, where nothing could have kept it */
  async recover(): Promise<Unavoidable | undefined> {
    const world = this.#world;
    world.world.faults.clear();
    world.note('all faults end');
    await this.#mendAll();
    await this.#activateAgain();
    let unavoidable: Unavoidable | undefined;
    if (!(await this.#isBack(0))) {
      unavoidable = causeOf(world);
      if (!unavoidable) {
        this.judge.find('lost', 'no working token came back');
      }
    }
    // A copy has a spare that the first Hub uses up as well; only client credentials keep both.
    if (world.hubs() > 1 && world.truth.isConsented(storedIn(world.settingsOf(1)))) {
      if (!(await this.#isBack(1))) {
        this.judge.find('lost', 'no working token came back to the second Hub');
      }
    }
    this.judge.end();
    return unavoidable;
  }

  // Where the company took its consent back, a person has been told to activate again, and tries until it works.
  async #activateAgain(): Promise<void> {
    const { truth, runs, tenantId, world } = this.#world;
    const last = runs.findLast(({ kind }) => kind === 'activation');
    const isOut = !truth.canConnect(storedIn(this.#world.settingsOf(0)));
    if (isOut && truth.was('consent', 0, world.clock.now()) && last?.result?.ok !== true) {
      await world.clock.until(this.#world.activate(world.fortnox.company(tenantId)));
    }
  }

  async #isBack(hub: number): Promise<boolean> {
    const { clock, fortnox } = this.#world.world;
    for (let left = 3; left > 0; left -= 1) {
      clock.advance(60 * SECOND);
      const result = await clock.until(this.#world.refresh(hub));
      const answer = result.output.output as { access_token?: unknown } | undefined;
      const grant = result.ok ? fortnox.grantOf(String(answer?.access_token)) : undefined;
      if (grant) {
        const { tenantId } = this.#world;
        if (hub === 0 && tenantId !== undefined && grant.tenantId !== tenantId) {
          this.judge.find('foreign', `tenant ${tenantId} is connected, not ${grant.tenantId}`);
        }
        return true;
      }
    }
    return false;
  }

  #stage(): Stage {
    return {
      world: this.#world,
      random: this.#random,
      backups: this.#backups,
      beside: (work) => this.#after(0, work),
      later: (name, mend) => {
        let isDone = false;
        const once = () => {
          if (!isDone) {
            isDone = true;
            this.#world.note(name);
            this.judge.restart();
            return mend();
          }
          return undefined;
        };
        this.#mends.push(once);
        if (this.#random.chance(0.5)) {
          this.#after(this.#random.whole(1, 40) * SECOND, async () => once());
        }
      },
    };
  }

  #after(delay: number, work: () => Promise<unknown>): void {
    const { clock } = this.#world.world;
    this.#running.push(
      new Promise((resolve, reject) => {
        clock.after(delay, () => work().then(resolve, reject));
      }),
    );
  }

  async #settle(): Promise<void> {
    while (this.#running.length > 0) {
      const running = this.#running;
      this.#running = [];
      await this.#world.world.clock.until(Promise.all(running));
    }
    const late = this.#world.world.faults.calls.filter(({ fault }) => fault === LATE_WRITE);
    const last = late.at(-1);
    this.#world.lateWriteAt = last ? last.at + MAX_LATE : 0;
  }

  async #mendAll(): Promise<void> {
    const { clock } = this.#world.world;
    for (const mend of this.#mends.splice(0)) {
      await clock.until(Promise.resolve(mend()));
    }
  }

  #backUp(): void {
    const at = this.#world.world.clock.now();
    const value = storedIn(this.#world.settingsOf(0));
    this.#backups.push({ at, value, tenantId: this.#world.tenantId });
  }
}
