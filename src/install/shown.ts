import { digestOf } from '../blueprint/load.js';
import type { Context } from '../core/context.js';
import { PartialError } from '../core/errors.js';
import { sleep } from '../core/sleep.js';
import { counted } from '../core/text.js';
import type { HubClient } from '../hub/client.js';
import type { FileContent } from './files.js';

const POLL_MS = 2000;

/** What of a Hub is asked. */
type ShownBy = Pick<HubClient, 'resourcePaths' | 'resourceFile'>;

/**
 * Asks the Hub whether it shows files as they were written.
 *
 * @returns the paths of those that it does not show; undefined where it can't be asked
 * @internal exported for its tests
 */
export async function filesNotShown(
  hub: ShownBy,
  files: readonly FileContent[],
): Promise<string[] | undefined> {
  const [tree, ...contents] = await Promise.all([
    hub.resourcePaths(),
    ...files.map(({ id }) => hub.resourceFile(id)),
  ]);
  const paths = (isWrong: (file: FileContent, at: number) => boolean) =>
    files.filter(isWrong).map(({ id }) => id);
  if (contents.some((content) => content !== undefined)) {
    return paths(({ content }, at) => !isSame(contents[at], content));
  }
  // No content at all: nothing of it is there yet, or this Hub shows the tree alone, or nothing.
  const missing = tree && paths(({ id }) => !tree.has(id));
  return missing?.length === 0 ? undefined : missing;
}

/**
 * Waits until the Hub's own API shows the files; a Hub that has no such API is believed.
 *
 * @param waitMs how long; 0 asks once
 * @returns whether the Hub could be asked
 * @throws PartialError when it shows others: it takes its resources from somewhere else
 */
export async function untilShown(
  hub: ShownBy,
  files: readonly FileContent[],
  waitMs: number,
  { output, signal }: Context,
): Promise<boolean> {
  if (files.length === 0) {
    return true;
  }
  const deadline = performance.now() + waitMs;
  for (;;) {
    const missing = await filesNotShown(hub, files);
    if (missing === undefined) {
      return false;
    }
    if (missing.length === 0) {
      return true;
    }
    const left = deadline - performance.now();
    if (left <= 0) {
      throw notSynced(missing);
    }
    output.progress(`Waiting until the Hub shows ${counted(missing.length, 'file')}`);
    await sleep(Math.min(POLL_MS, left), signal);
  }
}

function isSame(shown: Buffer | undefined, written: Buffer): boolean {
  return shown !== undefined && digestOf(shown) === digestOf(written);
}

function notSynced(missing: readonly string[]): PartialError {
  const others = missing.length === 1 ? '' : ` and ${missing.length - 1} more`;
  const message = `The Hub does not show ${missing[0]}${others} as written to the resources directory.`;
  return new PartialError('resources_not_synced', message, {
    hint: 'If the Hub takes its resources from Git: commit, let it sync, and run install again; --wait waits for it. If not, check --resources-dir.',
  });
}
