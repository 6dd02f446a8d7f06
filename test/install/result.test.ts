import { describe, expect, test } from 'vitest';
import { dryRunResult, installedResult } from '../../src/commands/install-result.js';
import { type ChangeAction, makeChange, outcomeOf } from '../../src/install/change.js';
import { RECORD_PATH } from '../../src/install/record.js';
import { planFor, recordOf, small } from '../support/small-blueprint.js';

const runOf = (plan = planFor()) => ({
  plan,
  diff: undefined,
  costs: () => ({ requests: 12, durationMs: 345 }),
});
/** Nothing was asked for besides. */
const PLAIN = { arguments: [], options: { dryRun: true } };
const usual = { hasAll: true, schedule: 'untouched' } as const;

const applied = (...actions: ChangeAction[]) => ({
  isShown: true,
  isScheduled: undefined,
  outcomes: actions.map((action, at) =>
    outcomeOf(makeChange('resource', `/${at}`, action), 'done'),
  ),
});

describe('given a run that wrote', () => {
  test('when all of it was compared, then it says so, and what comes next', () => {
    const ending = { ...usual, isVerified: true, isConnected: false };
    expect(installedResult(runOf(), applied('create', 'update', 'unchanged'), ending)).toEqual({
      exitCode: 0,
      json: {
        dryRun: false,
        changes: [
          { kind: 'resource', id: '/0', action: 'create', state: 'done' },
          { kind: 'resource', id: '/1', action: 'update', state: 'done' },
          { kind: 'resource', id: '/2', action: 'unchanged', state: 'done' },
        ],
        verified: true,
        version: { installed: null, shipped: '1.0.0' },
        schedule: 'untouched',
        requests: 12,
        durationMs: 345,
        next: ['fortnox-blueprint activate'],
      },
      lines: [
        '  + file      create     /0',
        '  ~ file      update     /1',
        '  and unchanged: 1 file',
        'Installed: 2 written, read back and compared.',
        '',
        'Next: fortnox-blueprint activate connects a company in Fortnox.',
      ],
    });
  });

  test('when the Hub hides a part, then verified is null, and a line says why', () => {
    const ending = { ...usual, isVerified: false, isConnected: true };
    const { json, lines } = installedResult(runOf(), applied('create'), ending);
    expect(json.verified).toBeNull();
    expect(lines).toContain('Installed: 1 written.');
    expect(lines).toContain('Not all of it could be compared: this Hub does not show everything.');
  });

  test('when Fortnox is connected already, then the next step is to look at the connection', () => {
    const ending = { ...usual, isVerified: true, isConnected: true };
    const { json, lines } = installedResult(runOf(), applied('create'), ending);
    expect(json.next).toEqual(['fortnox-blueprint status']);
    expect(lines.at(-1)).toBe('Next: fortnox-blueprint status tells how the connection is.');
  });
});

test('given a run that found all as shipped, then it says that nothing was written', () => {
  const ending = { ...usual, isVerified: true, isConnected: true };
  const { lines } = installedResult(runOf(), applied('unchanged', 'unchanged'), ending);
  expect(lines.slice(0, 3)).toEqual([
    '  Unchanged: 2 files',
    'What was looked at is as shipped: 2 files; left out: settings, config.',
    'Nothing was written.',
  ]);
});

describe('given a dry run', () => {
  const files = new Map(small.files.map(({ path, content }) => [path, content]));
  files.set(RECORD_PATH, recordOf());
  const settled = planFor({
    settings: undefined,
    readFile: (path) => files.get(path),
    workflows: [{ key: 'flow', role: ['admin'] }],
    forms: [{ slug: 'form' }],
  });

  test.each<[string, boolean, number]>([
    ['asked for by exit code', true, 8],
    ['not asked for', false, 0],
  ])('when something would change, %s, then the exit code is it', (_name, tellsDrift, exitCode) => {
    const { lines, json, ...result } = dryRunResult(runOf(planFor()), PLAIN, tellsDrift);
    expect(result.exitCode).toBe(exitCode);
    expect(json).toMatchObject({
      dryRun: true,
      verified: null,
      next: ['fortnox-blueprint install'],
    });
    expect(lines.slice(-3)).toEqual([
      '7 would change. Nothing was written.',
      '',
      'Next: fortnox-blueprint install makes these changes.',
    ]);
  });

  test('when something would change, then all of it is pending', () => {
    const { json } = dryRunResult(runOf(planFor()), PLAIN, false);
    const states = (json.changes ?? []).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['pending']));
  });

  test.each([true, false])('when nothing would change, then the exit code is 0', (tellsDrift) => {
    const { exitCode, json, lines } = dryRunResult(runOf(settled), PLAIN, tellsDrift);
    expect(exitCode).toBe(0);
    expect(json.next).toEqual([]);
    expect(lines).toContain('Nothing would change.');
  });

  test('when a secret is shown, then it is in neither the lines nor the document', () => {
    expect(JSON.stringify(dryRunResult(runOf(planFor()), PLAIN, true))).not.toContain('a-secret');
  });
});

describe('given an installation that is not whole', () => {
  const ending = { ...usual, isVerified: true, isConnected: false };

  test('when a part was left out, then nobody is sent to activate', () => {
    const { json } = installedResult(runOf(), applied('create'), { ...ending, hasAll: false });
    expect(json.next).toEqual(['fortnox-blueprint status']);
  });

  test('when the Hub can not start the schedule, then it says what to press', () => {
    const schedule = 'by-hand';
    const { json, lines } = installedResult(runOf(), applied('create'), { ...ending, schedule });
    expect(json.schedule).toBe('by-hand');
    expect(lines.join()).toContain('fortnox-refresh-schedule), and press Start');
    expect(json.next).toHaveLength(2);
  });
});

test('given a diff, then no line of it is broken', () => {
  const run = { ...runOf(), diff: ['--- a/x', '+++ b/x'] };
  const result = dryRunResult(run, PLAIN, false);
  expect(result.isVerbatim).toBe(true);
  expect(result.lines.slice(0, 2)).toEqual(['--- a/x', '+++ b/x']);
  expect(result.json.diff).toBe('--- a/x\n+++ b/x\n');
});
