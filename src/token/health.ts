import { WORKFLOWS } from '../blueprint/manifest.js';
import { moment, row, tokenLines, when } from './lines.js';
import { connectionLost, formLink, isConnectionLost, notConnected } from './recovery.js';
import { type FailedRun, OVERDUE_MS, type Runs, type ScheduleState } from './runs.js';
import type { TokenState, TokenTimes } from './times.js';

/** What is known of a connection when it is judged. */
export interface Evidence {
  readonly times: TokenTimes;
  readonly runs: Runs;
  /** The refresh flow has just run, and worked. */
  readonly isProven: boolean;
  /** The web app without a slash at its end, where it is known. */
  readonly appUrl: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** How a connection is. */
export interface Health {
  readonly state: TokenState;
  /** Why someone must look, a sentence each; empty where nobody must. */
  readonly attention: readonly string[];
  /** The whole of it for a person, with the next step. */
  readonly lines: readonly string[];
}

type Verdict = readonly [sentence: string, command?: string];

const SCHEDULE: Readonly<Record<ScheduleState, string>> = {
  running: 'running',
  missing: 'not running',
  unknown: 'not shown by this Hub',
};

/** Judges a connection by what is stored and by how the last runs went: Fortnox itself is not asked. */
export function healthOf(evidence: Evidence): Health {
  const { times, runs, now } = evidence;
  const isLost = isConnectionLost(newFailure(evidence)?.message ?? '');
  const state = isLost && times.state !== 'missing' ? 'dead' : times.state;
  const [sentence, command] = verdictOn(state, evidence);
  const isCalm = state === 'fresh' || state === 'refresh-due';
  const warnings = warningsOf(state, evidence);
  const ended = endedSpare(state, evidence);
  const next = command ?? warnings.find(([, step]) => step)?.[1];
  const hasToken = state !== 'missing' && state !== 'dead';
  const facts = hasToken
    ? [
        ...tokenLines(times, now),
        row('Tenant id', times.tenantId ?? 'not known'),
        row('Last refresh', times.refreshedAt ? when(times.refreshedAt, now) : 'not known'),
        row('Daily refresh', SCHEDULE[runs.schedule]),
      ]
    : [];
  return {
    state,
    attention: [...(isCalm ? [] : [sentence]), ...warnings.map(([text]) => text)],
    lines: [
      sentence,
      ...facts,
      ...ended,
      ...warnings.flatMap(([text]) => ['', text]),
      ...(next ? ['', `Next: fortnox-blueprint ${next}`] : []),
    ],
  };
}

/** @returns a sentence, and the command that comes next where there is one */
function verdictOn(state: TokenState, { times, isProven, appUrl, now }: Evidence): Verdict {
  const { refreshedAt, refreshExpiresAt } = times;
  if (isProven && (state === 'fresh' || state === 'refresh-due')) {
    return ['Fortnox is connected: a refresh has just worked.'];
  }
  const since = refreshedAt ? `at ${moment(refreshedAt)}` : 'when it was last refreshed';
  switch (state) {
    case 'missing':
      return [notConnected(formLink(appUrl)), 'activate'];
    case 'dead':
      return [connectionLost(formLink(appUrl)), 'activate'];
    case 'fresh':
      return [`Fortnox was connected ${since}; the access token is fresh.`];
    case 'refresh-due':
      return [`Fortnox was connected ${since}; the next refresh renews the access token.`];
    default:
      // Without a refresh token that works, refreshing is of no help.
      return refreshExpiresAt === undefined || Date.parse(refreshExpiresAt) <= now
        ? [
            'The connection to Fortnox ends with the access token: nothing stored can renew it any more.',
            'activate',
          ]
        : ['The connection to Fortnox ends soon unless it is refreshed.', 'refresh'];
  }
}

/** What a person must look at although the stored token is as it should be. */
function warningsOf(state: TokenState, evidence: Evidence): Verdict[] {
  const { times, runs, now } = evidence;
  const { schedule } = WORKFLOWS;
  const warnings: Verdict[] = [];
  const isConnected = state !== 'dead' && state !== 'missing';
  const failure = newFailure(evidence);
  if (failure && isConnected) {
    const said = failure.message || 'it gave no reason.';
    warnings.push([`The last refresh failed at ${when(failure.at, now)}: ${said}`, 'refresh']);
  }
  const last = times.refreshedAt;
  if (last !== undefined && isConnected && now - Date.parse(last) > OVERDUE_MS) {
    const text = `The daily refresh has not run since ${when(last, now)}; look at ${schedule}.`;
    warnings.push([text, 'refresh']);
  }
  if (runs.schedule === 'missing') {
    const text = `The daily refresh is not running: the Hub shows no process of ${schedule}. Start that workflow once, or install again.`;
    warnings.push([text, 'install']);
  }
  return warnings;
}

/** @returns the last failure of the connection as it stands: what failed before it was activated says nothing of it */
export function ownFailure(
  { lastFailure }: Runs,
  { connectedAt }: TokenTimes,
): FailedRun | undefined {
  return since(connectedAt, lastFailure);
}

/** A failure that nothing has worked after. */
function newFailure({ times, runs }: Evidence): FailedRun | undefined {
  return since(times.refreshedAt, ownFailure(runs, times));
}

function since(moment: string | undefined, failure: FailedRun | undefined): FailedRun | undefined {
  const isPast = moment !== undefined && failure && Date.parse(failure.at) <= Date.parse(moment);
  return isPast ? undefined : failure;
}

/** Says of a refresh token that has ended that it has, where the connection goes on without it. */
function endedSpare(state: TokenState, { times, now }: Evidence): string[] {
  const { refreshExpiresAt } = times;
  const hasEnded = refreshExpiresAt !== undefined && Date.parse(refreshExpiresAt) <= now;
  return hasEnded && (state === 'fresh' || state === 'refresh-due')
    ? ['The refresh token has ended; client credentials alone keep the connection.']
    : [];
}
