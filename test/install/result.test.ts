import { describe, expect, test } from 'vitest';
import { dryRunResult, installedResult } from '../../src/commands/install-result.js';
import { type ChangeAction, makeChange, outcomeOf } from '../../src/install/change.js';
import { RECORD_PATH, renderRecord } from '../../src/install/record.js';
import { planFor, small } from '../support/small-blueprint.js';

const COSTS = { requests: 12, durationMs: 345 };

const applied = (...actions: ChangeAction[]) => ({
  isShown: true,
  outcomes: actions.map((action, at) =>
    outcomeOf(makeChange('resource', `/${at}`, action), 'done'),
  ),
});

describe('given a run that wrote', () => {
  test('when all of it was compared, then it says so, and what comes next', () => {
    const ending = { isVerified: true, isConnected: false };
    expect(installedResult(applied('create', 'update', 'unchanged'), ending, COSTS)).toEqual({
      exitCode: 0,
      json: {
        dryRun: false,
        changes: [
          { kind: 'resource', id: '/0', action: 'create', state: 'done' },
          { kind: 'resource', id: '/1', action: 'update', state: 'done' },
          { kind: 'resource', id: '/2', action: 'unchanged', state: 'done' },
        ],
        verified: true,
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
    const ending = { isVerified: false, isConnected: true };
    const { json, lines } = installedResult(applied('create'), ending, COSTS);
    expect(json.verified).toBeNull();
    expect(lines).toContain('Installed: 1 written.');
    expect(lines).toContain('Not all of it could be compared: this Hub does not show everything.');
  });

  test('when Fortnox is connected already, then the next step is to look at the connection', () => {
    const ending = { isVerified: true, isConnected: true };
    const { json, lines } = installedResult(applied('create'), ending, COSTS);
    expect(json.next).toEqual(['fortnox-blueprint status']);
    expect(lines.at(-1)).toBe('Next: fortnox-blueprint status tells how the connection is.');
  });
});

test('given a run that found all as shipped, then it says that nothing was written', () => {
  const ending = { isVerified: true, isConnected: true };
  const { lines } = installedResult(applied('unchanged', 'unchanged'), ending, COSTS);
  expect(lines.slice(0, 2)).toEqual([
    '  Unchanged: 2 files',
    'Installed as shipped. Nothing was written.',
  ]);
});

describe('given a dry run', () => {
  const files = new Map(small.files.map(({ path, content }) => [path, content]));
  files.set(RECORD_PATH, renderRecord(small, '1.0.0', small.configDigest));
  const settled = planFor({
    settings: undefined,
    readFile: (path) => files.get(path),
    workflows: [{ key: 'flow', role: ['admin'] }],
  });

  test.each<[string, boolean, number]>([
    ['asked for by exit code', true, 8],
    ['not asked for', false, 0],
  ])('when something would change, %s, then the exit code is it', (_name, tellsDrift, exitCode) => {
    const { lines, json, ...result } = dryRunResult(planFor(), tellsDrift, COSTS);
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
    const { json } = dryRunResult(planFor(), false, COSTS);
    const states = (json.changes ?? []).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(['pending']));
  });

  test.each([true, false])('when nothing would change, then the exit code is 0', (tellsDrift) => {
    const { exitCode, json, lines } = dryRunResult(settled, tellsDrift, COSTS);
    expect(exitCode).toBe(0);
    expect(json.next).toEqual([]);
    expect(lines.at(-1)).toBe('Nothing would change.');
  });

  test('when a secret is shown, then it is in neither the lines nor the document', () => {
    expect(JSON.stringify(dryRunResult(planFor(), true, COSTS))).not.toContain('a-secret');
  });
});
