import type { TokenReport } from './times.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Column in which the values begin, and the width of a line. */
const INDENT = 22;
const WIDTH = 80;

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
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

function when(end: string, now: number): string {
  const at = Date.parse(end);
  const moment = `${end.slice(0, 10)} ${end.slice(11, 16)} UTC`;
  return at > now
    ? `${moment} (in ${distance(at - now)})`
    : `${moment} (${distance(now - at)} ago)`;
}

/** Breaks a list of words into lines below each other. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && INDENT + last.length + 1 + word.length <= WIDTH) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/**
 * Says when the tokens end, for a person. No line is longer than 80 columns unless a scope's name is.
 *
 * @param report both ends and the scope
 * @param now milliseconds since 1970
 */
export function tokenLines(report: TokenReport, now: number): string[] {
  const { accessExpiresAt, refreshExpiresAt, scope } = report;
  const lines = [
    `Access token until:   ${accessExpiresAt === null ? 'not known' : when(accessExpiresAt, now)}`,
    `Refresh token until:  ${refreshExpiresAt === null ? 'not known, or none is needed' : when(refreshExpiresAt, now)}`,
  ];
  const [first, ...more] = wrapped(scope);
  if (first) {
    lines.push(`Scopes:               ${first}`, ...more.map((line) => ' '.repeat(INDENT) + line));
  }
  return lines;
}
