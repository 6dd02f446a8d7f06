import { expect, test } from 'vitest';
import { NotRegularError } from '../../src/core/regular-file.js';
import { reasonOf } from '../../src/install/files-reason.js';

test.each([
  ['what it is', new NotRegularError('a pipe'), 'it is a pipe'],
  ['a known code in words', Object.assign(new Error('x'), { code: 'ENOSPC' }), 'the disk is full'],
  ['another code as it is', Object.assign(new Error('x'), { code: 'EIO' }), 'EIO'],
])('a file that can not be read or written is told by %s', (_name, error, reason) => {
  expect(reasonOf(error)).toBe(reason);
});
