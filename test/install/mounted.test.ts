import { describe, expect, test } from 'vitest';
import { RefusedError } from '../../src/core/errors.js';
import { isMounted } from '../../src/install/mounted.js';

const SCRATCH = '/.scratch.new';
const open = [{ isSettled: true }, { isSettled: false }];
const settled = [{ isSettled: true }];
const plan = { settings: open, toBeShown: ['a file'], config: open };

/** A Hub that shows these paths, and a folder that notes what is done to it. */
function places(shows: () => Promise<Set<string> | undefined>) {
  const done: string[] = [];
  const dir = {
    leaveScratch: () => {
      done.push('left');
      return SCRATCH;
    },
    remove: (path: string) => {
      done.push(`removed ${path}`);
    },
  };
  return { done, dir, hub: { resourcePaths: shows } };
}

describe('whether the Hub serves the directory itself is', () => {
  test.each<[string, () => Promise<Set<string> | undefined>, boolean]>([
    ['so where it shows the scratch file', async () => new Set([SCRATCH]), true],
    ['not so where it shows others', async () => new Set(['/flows/a.bpmn']), false],
    ['not known where it shows nothing', async () => undefined, false],
    [
      'not known where it refuses',
      () => Promise.reject(new RefusedError('x', 'No.', 'Wait.')),
      false,
    ],
  ])('%s, and the scratch file is removed', async (_name, shows, expected) => {
    const there = places(shows);
    expect(await isMounted(plan, there)).toBe(expected);
    expect(there.done).toEqual(['left', `removed ${SCRATCH}`]);
  });

  test('a failure of this program where it is one, and the scratch file is removed', async () => {
    const there = places(() => Promise.reject(new TypeError('a bug')));
    await expect(isMounted(plan, there)).rejects.toThrow(TypeError);
    expect(there.done).toEqual(['left', `removed ${SCRATCH}`]);
  });

  test.each([
    ['no setting is written', { ...plan, settings: settled }],
    ['no file is to be shown', { ...plan, toBeShown: [] }],
    ['nothing is imported', { ...plan, config: settled }],
  ])('not asked where %s: nothing would be saved', async (_name, less) => {
    const there = places(async () => new Set([SCRATCH]));
    expect(await isMounted(less, there)).toBe(false);
    expect(there.done).toEqual([]);
  });

  test('not asked where there is no directory', async () => {
    const { hub } = places(async () => new Set([SCRATCH]));
    expect(await isMounted(plan, { hub, dir: undefined })).toBe(false);
  });
});
