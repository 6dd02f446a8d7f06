/** What is looked at, in the order in which a person reads it. */
export const CHECK_IDS = [
  'address',
  'tls',
  'clock',
  'api',
  'token',
  'version',
  'settings',
  'workflows',
  'forms',
  'resources',
  'git',
  'openapi',
  'directory',
  'schedule',
  'app',
  'writes',
] as const;

/** What is looked at. */
export type CheckId = (typeof CHECK_IDS)[number];

/** What came of looking at one thing. */
export interface Check {
  readonly id: CheckId;
  /** `attention` stands in the way; `unknown` is what could not be told. */
  readonly state: 'ok' | 'attention' | 'unknown';
  /** One sentence. */
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
}

/** The message of what was not looked at, as the Hub could not be asked. */
export const NOT_LOOKED_AT = 'Not looked at.';

/** @returns a check of something that is as it should be */
export function ok(id: CheckId, message: string, hint?: string): Check {
  return { id, state: 'ok', message, ...(hint !== undefined && { hint }) };
}

/** @returns a check of something that stands in the way, with what to do */
export function attention(id: CheckId, message: string, hint: string): Check {
  return { id, state: 'attention', message, hint };
}

/** @returns a check of something that could not be told */
export function unknown(id: CheckId, message: string, hint?: string): Check {
  return { id, state: 'unknown', message, ...(hint !== undefined && { hint }) };
}

/** @returns a check for each thing there is, in their order; what is left out was not looked at */
export function complete(checks: readonly Check[]): Check[] {
  return CHECK_IDS.map(
    (id) => checks.find((check) => check.id === id) ?? unknown(id, NOT_LOOKED_AT),
  );
}
