import { posix, win32 } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isOutside } from '../../src/install/inside.js';
import { renameOver } from '../../src/install/rename.js';

describe('what a link leads to', () => {
  test.each([
    ['/srv/onify', '/srv/onify/flows/a.bpmn', posix, false],
    ['/srv/onify', '/srv/onify', posix, false],
    ['/srv/onify', '/srv/onify/..flows', posix, false],
    ['/srv/onify', '/srv/onify-other/a.bpmn', posix, true],
    ['/srv/onify', '/etc/passwd', posix, true],
    ['C:\\onify', 'C:\\onify\\flows\\a.bpmn', win32, false],
    ['C:\\onify', 'c:\\Onify\\flows', win32, false],
    ['C:\\onify', 'C:\\other', win32, true],
    ['C:\\onify', 'D:\\onify\\flows', win32, true],
    ['C:\\onify', '\\\\server\\share\\flows', win32, true],
  ])('from %s to %s is told to be inside or outside', (root, leadsTo, paths, outside) => {
    expect(isOutside(root, leadsTo, paths)).toBe(outside);
  });
});

describe('a rename', () => {
  /** Refuses so often, and then does nothing. */
  function refusing(code: string, times: number) {
    let calls = 0;
    const rename = () => {
      calls += 1;
      if (calls <= times) {
        throw Object.assign(new Error(code), { code });
      }
    };
    return { rename, calls: () => calls };
  }

  test.each(['EPERM', 'EACCES', 'EBUSY'])('that Windows refuses by %s is tried again', (code) => {
    const { rename, calls } = refusing(code, 2);
    renameOver('a', 'b', rename, true);
    expect(calls()).toBe(3);
  });

  test('that Windows refuses for ever is given up', () => {
    const { rename, calls } = refusing('EPERM', Number.POSITIVE_INFINITY);
    expect(() => renameOver('a', 'b', rename, true)).toThrow('EPERM');
    expect(calls()).toBe(20);
  });

  test.each([
    ['EPERM', false],
    ['ENOENT', true],
    ['ENOSPC', true],
  ])('that is refused by %s, with Windows %s, is not tried again', (code, isWindows) => {
    const { rename, calls } = refusing(code, 1);
    expect(() => renameOver('a', 'b', rename, isWindows)).toThrow(code);
    expect(calls()).toBe(1);
  });
});
