import { counted } from '../core/text.js';
import { connectionLost, formLink, notConnected } from './recovery.js';
import type { TokenReport, TokenTimes } from './times.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Column in which the values begin. */
const INDENT = 22;

/**
 * Says when the tokens end, for a person; a label, then its value.
 *
 * @param report both ends and the scope
 * @param now milliseconds since 1970
 */
export function tokenLines(report: TokenReport, now: number): string[] {
  const { accessExpiresAt, refreshExpiresAt, scope } = report;
  const refreshEnd = refreshExpiresAt && when(refreshExpiresAt, now);
  return [
    row('Access token until', (accessExpiresAt && when(accessExpiresAt, now)) ?? 'not known'),
    row('Refresh token until', refreshEnd ?? 'not known, or none is needed'),
    ...(scope === '' ? [] : [row('Scopes', scope)]),
  ];
}

/**
 * Says how the connection to Fortnox is, and what to do next where something is to be done.
 *
 * @param appUrl the web app without a slash at its end, where it is known
 * @param now milliseconds since 1970
 */
export function connectionLines(
  times: TokenTimes,
  appUrl: string | undefined,
  now: number,
): string[] {
  const [sentence, command] = verdictOn(times, formLink(appUrl), now);
  const lines = [sentence];
  if (times.state !== 'missing' && times.state !== 'dead') {
    lines.push(...tokenLines(times, now), row('Tenant id', times.tenantId ?? 'not known'));
  }
  return command ? [...lines, '', `Next: fortnox-blueprint ${command}`] : lines;
}

/** @returns a sentence, and the command that comes next where there is one */
function verdictOn(
  { state, refreshExpiresAt }: TokenTimes,
  form: string,
  now: number,
): readonly [sentence: string, command?: string] {
  switch (state) {
    case 'missing':
      return [notConnected(form), 'activate'];
    case 'dead':
      return [connectionLost(form), 'activate'];
    case 'fresh':
      return ['Fortnox is connected; the access token is fresh.'];
    case 'refresh-due':
      return ['Fortnox is connected; the next refresh renews the access token.'];
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

function row(label: string, value: string): string {
  return `${label}:`.padEnd(INDENT) + value;
}

function when(end: string, now: number): string {
  const left = Date.parse(end) - now;
  const moment = `${end.slice(0, 10)} ${end.slice(11, 16)} UTC`;
  return `${moment} (${left > 0 ? `in ${distance(left)}` : `${distance(-left)} ago`})`;
}

function distance(milliseconds: number): string {
  if (milliseconds >= 2 * DAY) {
    return counted(Math.round(milliseconds / DAY), 'day');
  }
  if (milliseconds >= 2 * HOUR) {
    return counted(Math.round(milliseconds / HOUR), 'hour');
  }
  return counted(Math.round(milliseconds / MINUTE), 'minute');
}
