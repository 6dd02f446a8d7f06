import { counted } from '../core/text.js';
import { type Check, type CheckId, NOT_LOOKED_AT } from './check.js';

const LABELS: Readonly<Record<CheckId, string>> = {
  address: 'Address',
  tls: 'TLS',
  clock: 'Clock',
  api: 'API',
  token: 'Token',
  version: 'Version',
  settings: 'Settings',
  workflows: 'Workflows',
  forms: 'Forms',
  resources: 'Files',
  git: 'Git',
  openapi: 'OpenAPI',
  directory: 'Directory',
  schedule: 'Schedule',
  app: 'Web app',
  writes: 'Writes',
};

const SIGNS: Readonly<Record<Check['state'], string>> = {
  ok: 'ok',
  attention: '!!',
  unknown: '? ',
};

/** @param next the command that comes next @returns the checks for a person: a line each, then what stands in the way or the next step */
export function checkLines(checks: readonly Check[], next: string): string[] {
  const looked = checks.filter(({ message }) => message !== NOT_LOOKED_AT);
  const blocking = checks.filter(({ state }) => state === 'attention').length;
  const isUnknown = looked.some(({ state }) => state === 'unknown');
  const rest = looked.length < checks.length ? ['The rest was not looked at.'] : [];
  return [
    ...looked.flatMap(rowsOf),
    ...rest,
    '',
    ...(isUnknown ? ['? is what could not be told; install copes with either answer.'] : []),
    ...(blocking === 0
      ? ['Nothing stands in the way.', `Next: fortnox-blueprint ${next}`]
      : [`${counted(blocking, 'thing')} to see to, marked !!; then run doctor again.`]),
  ];
}

function rowsOf({ id, state, message, hint }: Check): string[] {
  const row = `${SIGNS[state]}  ${`${LABELS[id]}:`.padEnd(12)}${message}`;
  return hint === undefined ? [row] : [row, `    ${hint}`];
}
