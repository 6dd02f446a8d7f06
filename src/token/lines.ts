import { counted } from '../core/text.js';
import type { TokenReport } from './times.js';

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

/** @returns a label and its value, in columns */
export function row(label: string, value: string): string {
  return `${label}:`.padEnd(INDENT) + value;
}

/** @returns a moment for a person, to the minute, in UTC; `iso` is ISO 8601 */
export function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** @returns a moment, and how far it is from now */
export function when(iso: string, now: number): string {
  const left = Date.parse(iso) - now;
  const ago = -left < MINUTE ? 'just now' : `${distance(-left)} ago`;
  return `${moment(iso)} (${left > 0 ? `in ${distance(left)}` : ago})`;
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

/** @returns a company as a sentence calls it: by its name and tenant id, as far as they are known */
export function companyName(company: string | null, tenantId: string | null): string {
  const id = tenantId === null ? '' : `tenant id ${tenantId}`;
  if (company === null) {
    return id === '' ? 'a company whose tenant id is not known' : `the company with ${id}`;
  }
  return id === '' ? company : `${company} (${id})`;
}
