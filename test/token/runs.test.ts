import { describe, expect, test } from 'vitest';
import { readRuns } from '../../src/token/runs.js';
import { clientOf, type Scripted, type Seen, scripted } from '../hub/world.js';

const NOW = Date.parse('2025-06-15T12:00:00.000Z');
const SCHEDULE = 'fortnox-refresh-schedule';
const REFRESH = 'fortnox-refresh-access-token';
const ago = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();

/** What a Hub shows that lists these processes, and understands a query or not. */
async function runsOf(records: readonly object[], isQueryKnown = true) {
  const answer = ({ query }: Seen): Scripted => {
    const { query: key = '' } = query;
    const found = records.filter((record) => JSON.stringify(record).includes(key));
    return { body: { records: isQueryKnown || key === '' ? found : [] } };
  };
  return readRuns(clientOf((await scripted(answer)).url), NOW);
}

describe('given the processes of a Hub, then the schedule is', () => {
  const other = { id: '9', workflow: 'another', enddate: ago(1) };

  test.each<[string, readonly object[], string]>([
    ['running where its process has no end', [{ workflow: SCHEDULE }, other], 'running'],
    ['running where the workflow is a record', [{ workflow: { key: SCHEDULE } }], 'running'],
    ['running where the end is null', [{ workflow: SCHEDULE, enddate: null }], 'running'],
    ['running where it ran within a day', [{ workflow: SCHEDULE, enddate: ago(25) }], 'running'],
    ['missing where it ran long ago', [{ workflow: SCHEDULE, enddate: ago(27) }], 'missing'],
    [
      'missing where the one without an end has failed',
      [{ workflow: SCHEDULE, status: { statuskey: 'error' } }],
      'missing',
    ],
    ['missing where there are others', [other], 'missing'],
    ['missing where there is none', [], 'missing'],
    ['unknown where nothing says of which workflow a process is', [{ id: '1' }], 'unknown'],
    ['unknown where there are more than are shown', Array(100).fill(other), 'unknown'],
  ])('%s', async (_name, records, schedule) => {
    expect((await runsOf(records)).schedule).toBe(schedule);
  });

  test('found without a query where the Hub does not understand it', async () => {
    expect((await runsOf([{ workflow: SCHEDULE }], false)).schedule).toBe('running');
  });

  test.each<[string, Scripted]>([
    ['404', { status: 404, body: {} }],
    ['a page', { status: 404, body: '<h1>no</h1>' }],
    ['403', { status: 403, body: {} }],
    ['500', { status: 500, body: {} }],
    ['another shape', { body: { hits: [] } }],
  ])('unknown where the Hub answers %s', async (_name, answer) => {
    const { url } = await scripted(() => answer);
    expect(await readRuns(clientOf(url), NOW)).toEqual({
      schedule: 'unknown',
      lastFailure: undefined,
    });
  });
});

describe('given the processes of a Hub, then the last failure is', () => {
  const failed = (workflow: string, hours: number, status: unknown) => ({
    workflow,
    status,
    enddate: ago(hours),
  });
  const lastOf = async (records: readonly object[]) => (await runsOf(records)).lastFailure;

  test('the latest of both flows, with its sentence in one line', async () => {
    const records = [
      failed(SCHEDULE, 9, { statuskey: 'error', statusmessage: 'Old.' }),
      failed(REFRESH, 2, { statuskey: 'error', statusmessage: 'No\n licence.\u001b[2J' }),
      failed(REFRESH, 1, { statuskey: 'complete', statusmessage: 'Fine.' }),
      failed('another', 0, { statuskey: 'error', statusmessage: 'Not ours.' }),
    ];
    expect(await lastOf(records)).toEqual({ at: ago(2), message: 'No licence.[2J' });
  });

  test.each<[string, unknown, string]>([
    ['an error as text', { statuskey: 'failed', error: 'No.' }, 'No.'],
    ['an error as an object', { statuskey: 'error', error: { message: 'No.' } }, 'No.'],
    ['a status as text', 'error', ''],
  ])('read from %s', async (_name, status, message) => {
    expect(await lastOf([failed(REFRESH, 1, status)])).toEqual({ at: ago(1), message });
  });

  test('none where a failure has no time: nobody knows whether something worked after it', async () => {
    expect(await lastOf([{ workflow: REFRESH, status: 'error' }])).toBeUndefined();
  });
});
