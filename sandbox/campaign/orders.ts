import { API } from '../hub/routes.js';
import { faultList, type ListedFault } from '../net/fault-list.js';
import type { Aim, FaultDesk } from '../net/faults.js';
import type { Random } from './random.js';

/** What a fault of a history hits: token calls, reads of the settings, or writes of them. */
type Target = 'fortnox' | 'read' | 'write';

const AIMS: Readonly<Record<Target, Aim>> = {
  fortnox: { side: 'fortnox' },
  read: { side: 'hub', path: `${API}/my/config/settings` },
  write: { side: 'hub', path: `${API}/admin/config/settings` },
};

/** A page of a proxy, which passes for an answer. */
const PAGE = { kind: 'answer', status: 200, body: '<html><body>Log in</body></html>' } as const;
const MORE: readonly ListedFault[] = [
  { ...PAGE, name: '200 with HTML from a proxy', at: 'anywhere' },
  {
    ...PAGE,
    name: '200 with HTML from a proxy after the work',
    at: 'fortnox',
    kind: 'answer-after',
  },
];

/** Orders a fault of the list for one of the next calls of a target. */
export function orderAny(faults: FaultDesk, random: Random, target: Target, among: number): void {
  const [first, ...rest] = [...faultList, ...MORE].filter(
    ({ at }) => at === 'anywhere' || at === target,
  );
  const skip = random.whole(1, among) - 1;
  if (first) {
    faults.order({ ...AIMS[target], ...random.pick([first, ...rest]), skip });
  }
}

/** Makes the Hub refuse every write until a time of the clock. */
export function refuseWrites(faults: FaultDesk, until: number): void {
  const name = 'refused for a while';
  const refused = { name, kind: 'cut-before', code: 'ECONNREFUSED' } as const;
  faults.order({ ...AIMS.write, ...refused, times: Number.POSITIVE_INFINITY, until });
}

/** Makes one of the next writes arrive when its caller has given it up. */
export function orderLateWrite(faults: FaultDesk, random: Random): void {
  const milliseconds = random.whole(500, MAX_LATE);
  faults.order({ ...AIMS.write, name: LATE_WRITE, kind: 'cut-late', milliseconds });
}

/** How late such a write is at most, in milliseconds. */
export const MAX_LATE = 6000;

/** What such a write is called. */
export const LATE_WRITE = 'delivered late';

/** @returns how often each fault has hit, by its target and name */
export function hitsOf({ calls }: FaultDesk): Record<string, number> {
  const hits: Record<string, number> = {};
  for (const { side, path, fault } of calls) {
    if (fault !== undefined) {
      const target = side === 'hub' ? (path === AIMS.read.path ? 'read' : 'write') : side;
      hits[`${target}: ${fault}`] = (hits[`${target}: ${fault}`] ?? 0) + 1;
    }
  }
  return hits;
}
