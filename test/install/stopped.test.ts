import { describe, expect, test } from 'vitest';
import {
  BlueprintError,
  ConfigError,
  InterruptedError,
  PartialError,
  RefusedError,
} from '../../src/core/errors.js';
import { ExitCode } from '../../src/core/exit-codes.js';
import { type ChangeState, makeChange, outcomeOf } from '../../src/install/change.js';
import { stoppedPartWay } from '../../src/install/part-way.js';

const outcome = (id: string, state: ChangeState) =>
  outcomeOf(makeChange('resource', id, 'create'), state);
const settled = outcomeOf(makeChange('resource', '/kept', 'unchanged'));
const refused = new RefusedError('hub_refused', 'The Hub refused it.', 'Check the Hub.');
const unsynced = new PartialError('resources_not_synced', 'Not shown.', { hint: 'Sync.' });

describe('given that nothing was changed', () => {
  test.each<[string, unknown]>([
    ['a refusal', refused],
    ['a mistake in the configuration', new ConfigError('code', 'sentence', 'hint')],
    ['Ctrl-C', new InterruptedError()],
    ['a bug', new TypeError('x is not a function')],
    ['what is not an error', 'text'],
  ])('then %s is what it was', (_name, thrown) => {
    expect(stoppedPartWay(thrown, [outcome('/a', 'failed'), settled])).toBe(thrown);
  });

  test('then what is settled does not count as changed', () => {
    expect(stoppedPartWay(refused, [settled, settled])).toBe(refused);
  });

  test('then a failure that is part-way by its nature still brings the outcomes', () => {
    const failure = stoppedPartWay(unsynced, [outcome('/a', 'pending')]) as BlueprintError;
    expect(failure).toMatchObject({ code: 'resources_not_synced', exitCode: 7, hint: 'Sync.' });
    expect(failure.report?.lines.at(-1)).toBe('0 done, 0 failed, 1 still to do.');
  });
});

describe('given that something was changed', () => {
  const outcomes = [outcome('/a', 'done'), outcome('/b', 'failed'), outcome('/c', 'pending')];
  const stopped = (thrown: unknown, all = [...outcomes, settled]) =>
    stoppedPartWay(thrown, all) as BlueprintError;

  test.each<[string, BlueprintError]>([
    ['refused', refused],
    ['unreachable', new BlueprintError('hub_timeout', 'Too late.', 5, { hint: 'Check it.' })],
    ['unauthorised', new BlueprintError('hub_unauthorized', 'No.', 4, { hint: 'Check it.' })],
    ['a file that is in the way', new ConfigError('resource_not_written', 'No.', 'Check it.')],
  ])('then a failure, %s, keeps its code and sentence, and has exit code 7', (_name, failure) => {
    const { code, message, exitCode, cause } = stopped(failure);
    expect({ code, message }).toEqual({ code: failure.code, message: failure.message });
    expect(exitCode).toBe(ExitCode.partial);
    expect(cause).toBe(failure);
  });

  test('then the hint says to run install again', () => {
    expect(stopped(refused).hint).toBe('Check the Hub. Then run install again.');
  });

  test('then a hint that says it already is left as it is', () => {
    expect(stopped(unsynced).hint).toBe('Sync.');
  });

  test('then a bug is named as one, and still part-way', () => {
    expect(stopped(new TypeError('x is not a function'))).toMatchObject({
      code: 'bug',
      exitCode: 7,
      message: expect.stringContaining('x is not a function'),
    });
  });

  test('then Ctrl-C keeps exit code 130, and brings the outcomes', () => {
    const failure = stopped(new InterruptedError());
    expect(failure).toBeInstanceOf(InterruptedError);
    expect(failure.exitCode).toBe(130);
    expect(failure.report?.document.changes).toHaveLength(4);
  });

  test('then the document holds every change, what is settled too', () => {
    expect(stopped(refused).report?.document).toEqual({
      verified: null,
      changes: [
        { kind: 'resource', id: '/a', action: 'create', state: 'done' },
        { kind: 'resource', id: '/b', action: 'create', state: 'failed' },
        { kind: 'resource', id: '/c', action: 'create', state: 'pending' },
        { kind: 'resource', id: '/kept', action: 'unchanged', state: 'done' },
      ],
    });
  });

  test('then the lines mark what failed, and count what was tried', () => {
    expect(stopped(refused).report?.lines).toEqual([
      '  + file      create     /a',
      '  + file      failed     /b',
      '  + file      create     /c',
      '  and unchanged: 1 file',
      '1 done, 1 failed, 1 still to do.',
    ]);
  });

  test('then what the failure says of the verification is kept', () => {
    const report = { document: { verified: false }, lines: [] };
    const failure = new PartialError('not_as_written', 'Differs.', { hint: 'Again.', report });
    expect(stopped(failure).report?.document.verified).toBe(false);
  });
});
