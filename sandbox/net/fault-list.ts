import type { Fault } from './faults.js';

/** A fault of the list, and the calls that can meet it: any, those to Fortnox, or writes of the Hub's settings. */
export interface ListedFault extends Fault {
  readonly name: string;
  readonly at: 'anywhere' | 'fortnox' | 'write';
}

const HTML = '<html><body>Bad gateway</body></html>';

/** Everything that is tried against the flows: the matrix tries each at each task, the campaign at random. */
export const faultList: readonly ListedFault[] = [
  { name: 'connection refused', at: 'anywhere', kind: 'cut-before', code: 'ECONNREFUSED' },
  { name: 'cut before the work', at: 'anywhere', kind: 'cut-before' },
  { name: 'cut after the work', at: 'anywhere', kind: 'cut-after' },
  { name: 'timeout', at: 'anywhere', kind: 'hang' },
  { name: 'timeout after the work', at: 'anywhere', kind: 'hang-after' },
  { name: '3 s late', at: 'anywhere', kind: 'late', milliseconds: 3000 },
  answer('403', 'anywhere', 403, { message: 'Forbidden' }),
  answer('404', 'anywhere', 404, { message: 'Not found' }),
  answer('429', 'anywhere', 429, { message: 'Too many requests' }),
  answer('500', 'anywhere', 500, { message: 'Internal error' }),
  after(answer('500 after the work', 'anywhere', 500, { message: 'Internal error' })),
  answer('502 with HTML', 'anywhere', 502, HTML),
  { name: '12 s late', at: 'fortnox', kind: 'late', milliseconds: 12_000 },
  answer('400 invalid_grant', 'fortnox', 400, { error: 'invalid_grant' }),
  answer('401 invalid_client', 'fortnox', 401, { error: 'invalid_client' }),
  answer('401 error_missing_license', 'fortnox', 401, { error: 'error_missing_license' }),
  after(answer('200 with broken JSON', 'fortnox', 200, '{"access_token":"ey')),
  answer('200 without tokens', 'fortnox', 200, {}),
  answer('200 with a number for a text', 'fortnox', 200, {
    access_token: 1,
    refresh_token: 2,
    expires_in: 3600,
  }),
  answer('200 with HTML', 'write', 200, HTML),
  after(answer('200 with HTML after the work', 'write', 200, HTML)),
  answer('200 with nothing', 'write', 200, ''),
  answer('409', 'write', 409, { message: 'Conflict' }),
];

function answer(name: string, at: ListedFault['at'], status: number, body: unknown): ListedFault {
  return { name, at, kind: 'answer', status, body };
}

function after(fault: ListedFault): ListedFault {
  return { ...fault, kind: 'answer-after' };
}
