import { changeSecret, setSecret } from './connect.js';
import type { ConnectedWorld } from './connected-world.js';
import { orderLateWrite, refuseWrites } from './orders.js';
import type { Random } from './random.js';
import { type Stored, TOKEN_SETTING } from './stored.js';

const SECOND = 1000;
const DAY = 86_400_000;
const OLDEST_BACKUP = 90 * DAY;

/** What an event can use. */
export interface Stage {
  readonly world: ConnectedWorld;
  readonly random: Random;
  /** Runs something beside what is running. */
  readonly beside: (work: () => Promise<unknown>) => void;
  /** Has something mended later: soon, or when a long time has passed, at the latest when all trouble ends. */
  readonly later: (name: string, mend: () => unknown) => void;
  /** What has been stored, the oldest first. */
  readonly backups: readonly Backup[];
}

/** A copy of the stored token. */
export interface Backup {
  readonly at: number;
  readonly value: Stored;
  readonly tenantId: number | undefined;
}

interface CampaignEvent {
  readonly name: string;
  /** In how many troubles of one it happens. */
  readonly chance: number;
  /** What was said before of the connection proves nothing any more. */
  readonly isFresh?: boolean;
  readonly happen: (stage: Stage) => void;
}

/** What can happen to a connection besides faults of single calls, each at a random moment of a trouble. */
export const EVENTS: readonly CampaignEvent[] = [
  { name: 'Hub killed', chance: 0.15, happen: kill },
  {
    name: 'list lacks the token',
    chance: 0.25,
    happen: ({ world }) => world.world.settings.hideOnce(TOKEN_SETTING),
  },
  { name: 'writes refused', chance: 0.05, happen: refuse },
  {
    name: 'write delivered late',
    chance: 0.05,
    happen: ({ world, random }) => orderLateWrite(world.world.faults, random),
  },
  { name: 'activation', chance: 0.2, happen: activate },
  { name: 'restored from a backup', chance: 0.06, isFresh: true, happen: restore },
  { name: 'settings copied to a second Hub', chance: 0.06, happen: copy },
  { name: 'licence lapsed', chance: 0.06, happen: lapse },
  { name: 'client secret changed', chance: 0.06, happen: change },
  { name: 'consent revoked', chance: 0.06, isFresh: true, happen: revoke },
];

function kill({ world, random, beside }: Stage): void {
  const isForgotten = world.properties.restart === 'forgets';
  const down = random.whole(1, 30) * SECOND;
  for (const killed of world.kill(isForgotten)) {
    if (!isForgotten) {
      beside(() =>
        new Promise((resolve) => world.world.clock.after(down, () => resolve(undefined))).then(() =>
          world.resume(killed),
        ),
      );
    }
  }
}

function refuse({ world, random }: Stage): void {
  const until = world.world.clock.now() + random.whole(40, 90) * SECOND;
  refuseWrites(world.world.faults, until);
  world.truth.began('writes', until);
}

function activate({ world, random, beside }: Stage): void {
  const { fortnox } = world.world;
  const [first, second] = fortnox.companies();
  const other = second ?? fortnox.addCompany(555, 'Det andra bolaget AB');
  const [company, replaces] = random.pick([
    [first, true],
    [other, true],
    [other, false],
  ]);
  world.note(`tenant ${company?.tenantId} is activated${replaces ? '' : ', replacing none'}`);
  beside(() => world.activate(company ?? other, replaces));
}

// Whoever brings a database back has stopped the Hub before.
function restore({ world, random, backups }: Stage): void {
  const { clock, settings } = world.world;
  const young = backups.filter(({ at }) => at > clock.now() - OLDEST_BACKUP);
  const backup = young[random.whole(0, young.length - 1)];
  if (!backup) {
    return;
  }
  world.kill(true);
  settings.patch(TOKEN_SETTING, { value: JSON.stringify(backup.value) });
  world.restoredAt = clock.now();
  world.tenantId = backup.tenantId;
  world.note(`the backup is ${((clock.now() - backup.at) / DAY).toFixed(1)} days old`);
}

function copy({ world, beside }: Stage): void {
  if (world.hubs() < 2) {
    world.copyHub();
  }
  beside(() => world.refresh(1));
}

function lapse({ world, later }: Stage): void {
  const company = world.world.fortnox.company(world.tenantId);
  company.isLicenceDropped = true;
  world.truth.began('licence');
  later('the licence is back', () => {
    company.isLicenceDropped = false;
    world.truth.ended('licence');
  });
}

function change({ world, later }: Stage): void {
  changeSecret(world);
  world.truth.began('secret');
  later('the new secret is set', () => {
    setSecret(world);
    world.truth.ended('secret');
  });
}

function revoke({ world, later }: Stage): void {
  const company = world.world.fortnox.company(world.tenantId);
  world.world.fortnox.revokeAll(company);
  world.truth.began('consent');
  later('the consent is given again', async () => {
    await world.activate(company);
    world.truth.ended('consent');
  });
}
