import { describe, expect, test } from 'vitest';
import {
  type ChangeAction,
  isDrift,
  makeChange,
  outcomeDocument,
  outcomeOf,
} from '../../src/install/change.js';

describe('a change', () => {
  test.each<[ChangeAction, boolean, boolean]>([
    ['create', false, true],
    ['update', false, true],
    ['unchanged', true, false],
    ['unknown', false, false],
  ])('to %s: is settled %s, is a drift %s', (action, isSettled, drifts) => {
    const change = makeChange('form', 'a', action);
    expect(change.isSettled).toBe(isSettled);
    expect(isDrift(change)).toBe(drifts);
  });

  test('has a note only where one is given', () => {
    expect(makeChange('form', 'a', 'create')).not.toHaveProperty('note');
    expect(makeChange('form', 'a', 'create', 'empty').note).toBe('empty');
  });
});

describe('the outcome of a change', () => {
  test('that nobody has tried is pending, or done where nothing is to be done', () => {
    expect(outcomeOf(makeChange('form', 'a', 'create')).state).toBe('pending');
    expect(outcomeOf(makeChange('form', 'a', 'unchanged')).state).toBe('done');
  });

  test('that was tried is what came of it', () => {
    expect(outcomeOf(makeChange('form', 'a', 'create'), 'failed').state).toBe('failed');
  });

  test('stands in JSON with four fields, none of them a note, a value or a content', () => {
    const change = { ...makeChange('setting', '_key', 'update', 'changed'), record: 'a-secret' };
    expect(outcomeDocument(outcomeOf(change, 'done'))).toEqual({
      kind: 'setting',
      id: '_key',
      action: 'update',
      state: 'done',
    });
  });
});
