import { World } from '../world.js';
import { CLIENT, connect, INCIDENTS, type Incident, write } from './alarm-kinds.js';
import type { Material } from './material.js';
import { orderAny } from './orders.js';
import { Random } from './random.js';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const START = Date.parse('2026-01-01T00:00:00.000Z');
/** When the schedule comes due, after midnight. */
const DUE = HOUR;
const MAIL = '/tools/sendmail';

/** What an incident came to. */
export interface Alarm {
  readonly kind: string;
  /** A mail came at the first schedule after it began; for an outage at the first after its quiet days. */
  readonly isToldInTime: boolean;
  /** Mails before it began, in its quiet days, and after it was mended. */
  readonly needless: number;
}

/**
 * A Hub whose connection meets an incident after some good days, which a person mends after some bad ones.
 *
 * @param kind the incident; default: one by chance
 */
export async function runIncident(material: Material, seed: number, kind?: string): Promise<Alarm> {
  const random = new Random(seed);
  const [first = '', ...rest] = Object.keys(INCIDENTS);
  const name = kind ?? random.pick([first, ...rest]);
  const incident = INCIDENTS[name] as Incident;
  const hub = new AlarmedHub(material);
  const { quietDays = 0 } = incident;
  await hub.days(random.whole(1, 2));
  // No later than the next schedule: a Hub leaves none out.
  hub.pass(random.whole(0, 19) * HOUR);
  incident.begin(hub.world);
  await hub.days(quietDays);
  const before = hub.mails;
  await hub.days(1);
  const isToldInTime = hub.mails === before + 1;
  await hub.days(random.whole(0, 1));
  incident.mend(hub.world);
  const during = hub.mails;
  await hub.days(2);
  return { kind: name, isToldInTime, needless: before + hub.mails - during };
}

/** A Hub whose connection is well, though calls fail on the way. @returns how many mails it sent, and how many calls failed */
export async function runHealthy(
  material: Material,
  seed: number,
): Promise<{ mails: number; faults: number; failedDays: number }> {
  const random = new Random(seed);
  const hub = new AlarmedHub(material);
  const { faults } = hub.world;
  for (let days = random.whole(2, 4); days > 0; days -= 1) {
    for (let count = random.whole(0, 2); count > 0; count -= 1) {
      orderAny(faults, random, random.pick(['fortnox', 'read', 'write']), 3);
    }
    if (random.chance(0.1)) {
      const until = hub.world.clock.now() + DAY;
      const refused = { kind: 'cut-before', code: 'ECONNREFUSED', until } as const;
      faults.order({
        side: random.pick(['fortnox', 'hub']),
        ...refused,
        times: random.whole(5, 200),
        path: '/',
      });
    }
    await hub.days(1);
    faults.clear();
  }
  const hits = faults.calls.filter(({ fault }) => fault !== undefined).length;
  return { mails: hub.mails, faults: hits, failedDays: hub.failedDays };
}

/** A Hub with an address for its alarms, on the simulated clock. */
class AlarmedHub {
  readonly world: World;
  mails = 0;
  failedDays = 0;
  #day = 0;
  readonly #material: Material;

  constructor(material: Material) {
    this.#material = material;
    this.world = new World({
      start: START,
      resourcesDir: material.resourcesDir,
      scripts: material.scripts,
      fortnoxModes: {},
      onCall: ({ path, side }) => {
        this.mails += side === 'hub' && path.endsWith(MAIL) ? 1 : 0;
      },
      workflows: () => ({
        has: (key) => key === material.refresh.id,
        run: (_key, variables) => this.world.run(material.refresh, { variables }),
      }),
    });
    this.world.fortnox.register(CLIENT);
    write(this.world, '_fortnox_app_clientid', CLIENT.id);
    write(this.world, '_fortnox_app_clientsecret', CLIENT.secret);
    write(this.world, '_fortnox_alert_email', 'ops@example.com');
    connect(this.world);
  }

  /** Lets time pass in which nothing runs. */
  pass(milliseconds: number): void {
    this.world.clock.advance(milliseconds);
  }

  /** Lets so many schedules come due, each to its end. */
  async days(count: number): Promise<void> {
    const { clock } = this.world;
    for (let left = count; left > 0; left -= 1) {
      while (START + this.#day * DAY + DUE < clock.now()) {
        this.#day += 1;
      }
      clock.advance(START + this.#day * DAY + DUE - clock.now());
      this.#day += 1;
      const { ok } = await clock.until(this.world.run(this.#material.schedule));
      this.failedDays += ok ? 0 : 1;
    }
  }
}
