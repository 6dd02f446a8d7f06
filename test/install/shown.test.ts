import { describe, expect, test } from 'vitest';
import { InterruptedError } from '../../src/core/errors.js';
import { filesNotShown, untilShown } from '../../src/install/shown.js';
import { clientOf, type Scripted, scripted } from '../hub/world.js';
import { testContext } from '../support/context.js';

const A = { id: '/flows/a.bpmn', content: Buffer.from('a') };
const B = { id: '/scripts/b.js', content: Buffer.from('b') };

interface Shows {
  /** Paths in the tree; undefined: there is no such read. */
  readonly tree?: readonly string[];
  /** Contents by path; undefined: there is no such read. */
  readonly files?: Readonly<Record<string, string>>;
}

function answer({ tree, files }: Shows, path: string, file: string | undefined): Scripted {
  if (path.endsWith('/resources')) {
    if (!tree) {
      return { status: 404, body: {} };
    }
    return { body: tree.map((name) => ({ path: name, type: 'file' })) };
  }
  const content = file === undefined ? undefined : files?.[file];
  if (content === undefined) {
    return { status: 404, body: {} };
  }
  return { body: { content: Buffer.from(content).toString('base64') } };
}

async function hubThat(...shows: [Shows, ...Shows[]]) {
  let asked = 0;
  const { url } = await scripted(({ path, query }) => {
    if (path.endsWith('/resources')) {
      asked += 1;
    }
    const now = shows[Math.min(Math.max(asked, 1), shows.length) - 1] ?? shows[0];
    return answer(now, path, query.path);
  });
  return clientOf(url);
}

describe('the files that a Hub does not show', () => {
  test.each<[string, Shows, string[] | undefined]>([
    ['all as written', { tree: [A.id, B.id], files: { [A.id]: 'a', [B.id]: 'b' } }, []],
    [
      'one with an old content',
      { tree: [A.id, B.id], files: { [A.id]: 'old', [B.id]: 'b' } },
      [A.id],
    ],
    ['one of them', { tree: [A.id], files: { [A.id]: 'a' } }, [B.id]],
    ['none yet', { tree: [], files: {} }, [A.id, B.id]],
    [
      'contents, and paths of a kind of its own',
      { tree: ['x'], files: { [A.id]: 'a', [B.id]: 'b' } },
      [],
    ],
    ['paths without contents', { tree: [A.id, B.id] }, undefined],
    ['paths without contents, one missing', { tree: [A.id] }, [B.id]],
    ['nothing of the kind', {}, undefined],
  ])('that shows %s', async (_name, shows, missing) => {
    expect(await filesNotShown(await hubThat(shows), [A, B])).toEqual(missing);
  });
});

describe('waiting for a Hub that syncs', () => {
  const synced = { tree: [A.id], files: { [A.id]: 'a' } };
  const behind = { tree: [], files: {} };

  test('asks nothing where there is nothing to show', async () => {
    const hub = await hubThat(behind);
    expect(await untilShown(hub, [], 0, testContext())).toBe(true);
    expect(hub.requests).toBe(0);
  });

  test('without a wait asks once, and then says what to do, exit code 7', async () => {
    await expect(untilShown(await hubThat(behind), [A, B], 0, testContext())).rejects.toMatchObject(
      {
        code: 'resources_not_synced',
        exitCode: 7,
        message: expect.stringContaining('/flows/a.bpmn and 1 more'),
        hint: expect.stringMatching(/commit.*--wait/),
      },
    );
  });

  test('ends when the Hub shows the files', async () => {
    const hub = await hubThat(behind, synced);
    expect(await untilShown(hub, [A], 10_000, testContext())).toBe(true);
  });

  test('does not wait longer than it was told', async () => {
    const hub = {
      resourcePaths: async () => new Set<string>(),
      resourceFile: async () => undefined,
    };
    const context = testContext();
    // Due before the next poll would be. Which of two timers comes first does not depend on how busy the computer is.
    setTimeout(() => context.interrupt(), 1900);
    await expect(untilShown(hub, [A], 300, context)).rejects.toMatchObject({
      code: 'resources_not_synced',
    });
  });

  test('believes a Hub that can not be asked', async () => {
    expect(await untilShown(await hubThat({}), [A], 10_000, testContext())).toBe(false);
  });

  test('can be interrupted', async () => {
    const context = testContext();
    const waiting = untilShown(await hubThat(behind), [A], 10_000, context);
    setTimeout(() => context.interrupt(), 100);
    await expect(waiting).rejects.toBeInstanceOf(InterruptedError);
  });
});
