import type { ConnectedWorld } from './connected-world.js';
import { isTroubled, type RunRecord } from './run-record.js';
import { storedIn, tenantOf } from './stored.js';

/** What a sentence says besides its own: that the connection is lost, or not, or that the store is as it was. */
type Claim = 'lost' | 'not lost' | 'unchanged';

interface Sentence {
  readonly claims?: readonly Claim[];
  /** Whether what it says happened did happen in the run. */
  readonly isTrue: (run: RunRecord, world: ConnectedWorld) => boolean;
}

/** What each sentence of the flows says, by the code at its end; one that is not here must never be said. */
export const SENTENCES: Readonly<Record<string, Sentence>> = {
  refused: { claims: ['lost'], isTrue: (run) => refusalsIn(run).length > 1 },
  undecided: { claims: ['unchanged'], isTrue: (run) => refusalsIn(run).length > 0 },
  temporary: {
    claims: ['unchanged'],
    isTrue: (run) => fortnoxIn(run).some((call) => isTroubled(call) || call.status === 200),
  },
  unexpected: { claims: ['unchanged'], isTrue: (run) => refusalsIn(run).length > 0 },
  licence: {
    claims: ['unchanged'],
    isTrue: (run, { truth }) =>
      truth.was('licence', run.from, run.to) || wasHitBy(run, 'error_missing_license'),
  },
  client: {
    claims: ['unchanged'],
    isTrue: (run, { truth }) =>
      truth.was('secret', run.from, run.to) || wasHitBy(run, 'invalid_client'),
  },
  'settings-unreadable': { claims: ['unchanged'], isTrue: (run) => isReadTroubled(run) },
  'hub-went-away': {
    claims: ['unchanged'],
    isTrue: (run) => fortnoxIn(run).length > 0 && isReadTroubled(run),
  },
  // The earliest limit for a call of Fortnox is 16.5 s.
  'too-late': { claims: ['unchanged'], isTrue: ({ from, to }) => to - from > 16_000 },
  'not-kept': { isTrue: (run) => isHubTroubled(run) },
  'not-stored': {
    claims: ['not lost'],
    isTrue: (run) => isHubTroubled(run),
  },
  replaced: {
    isTrue: (run, world) =>
      storedIn(world.settingsOf(run.hub)).connection !== run.before.connection,
  },
  'code-refused': { isTrue: (run) => refusalsIn(run).length > 0 },
  'other-company': {
    isTrue: (run, world) => tenantOf(storedIn(world.settingsOf(run.hub))) !== run.tenantId,
  },
  'unknown-company': { isTrue: (run) => run.tenantId !== undefined },
};

function fortnoxIn({ calls }: RunRecord) {
  return calls.filter(({ side }) => side === 'fortnox');
}

function refusalsIn(run: RunRecord) {
  return fortnoxIn(run).filter(({ status }) => (status ?? 0) >= 400 && (status ?? 0) < 500);
}

function wasHitBy({ calls }: RunRecord, fault: string): boolean {
  return calls.some((call) => call.fault?.includes(fault));
}

// A run that is resumed in the middle of a write reads in its place.
function isHubTroubled({ calls }: RunRecord): boolean {
  return calls.some((call) => call.side === 'hub' && isTroubled(call));
}

function isReadTroubled({ calls }: RunRecord): boolean {
  return calls.some((call) => call.side === 'hub' && call.method === 'GET' && isTroubled(call));
}
