import { expect, test } from 'vitest';
import { reasonOf } from '../../src/core/reason.js';
import { NotRegularError } from '../../src/core/regular-file.js';

test.each([
  ['what it is', new NotRegularError('a pipe'), 'it is a pipe'],
  ['a known code in words', Object.assign(new Error('x'), { code: 'ENOSPC' }), 'the disk is full'],
  [
    'the commonest one too',
    Object.assign(new Error('x'), { code: 'ENOENT' }),
    'there is no such file',
  ],
  ['another code as it is', Object.assign(new Error('x'), { code: 'EIO' }), 'EIO'],
  ['that it is not known where there is no code', new Error('x'), 'unknown'],
])('a file that can not be read or written is told by %s', (_name, error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});
