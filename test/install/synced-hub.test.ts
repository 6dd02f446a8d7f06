import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { folder } from '../support/folder.js';
import { changesOf, hub, install, writesTo } from './run-install.js';

/** A Hub that takes its resources from Git, and the checkout that is written to. */
async function syncedHub() {
  const sandbox = await hub();
  const checkout = folder();
  return {
    sandbox,
    checkout,
    run: (options = {}) => install(sandbox, { env: { ONIFY_RESOURCES_DIR: checkout }, options }),
    sync: () => cpSync(checkout, sandbox.resourcesDir, { recursive: true }),
    imported: () => sandbox.config().list('workflow').length,
  };
}

describe('given a Hub that syncs its resources from Git', () => {
  test('the first run writes the files, imports nothing and says what to do, exit code 7', async () => {
    const { run, imported } = await syncedHub();
    const first = await run();
    expect(first.exitCode).toBe(7);
    expect(first.error?.hint).toMatch(/commit/);
    expect(imported()).toBe(0);
    const states = (kind: string) => new Set(changesOf(first, kind).map(({ state }) => state));
    expect([states('resource'), states('workflow')]).toEqual([
      new Set(['done']),
      new Set(['pending']),
    ]);
  });

  test('a second run before the sync stops at the same place, though no file is left to write', async () => {
    const { run, imported } = await syncedHub();
    await run();
    const second = await run();
    expect(second.exitCode).toBe(7);
    expect(imported()).toBe(0);
  });

  test('a run after the sync finishes, and one more has nothing to do', async () => {
    const { sandbox, run, sync, imported } = await syncedHub();
    await run();
    sync();
    expect((await run()).exitCode).toBe(0);
    expect(imported()).toBe(6);
    const writes = writesTo(sandbox);
    const third = await run();
    expect(changesOf(third).every(({ action }) => action === 'unchanged')).toBe(true);
    expect(writesTo(sandbox)).toBe(writes);
  });

  test('a sync that brought an old file is noticed', async () => {
    const { sandbox, run, sync, imported } = await syncedHub();
    await run();
    sync();
    writeFileSync(join(sandbox.resourcesDir, 'flows/fortnox-refresh-access-token.bpmn'), 'old');
    const second = await run();
    expect(second.error?.message).toContain('/flows/fortnox-refresh-access-token.bpmn');
    expect(imported()).toBe(0);
  });

  test('a file that went away from the Hub is noticed, though nothing is left to write', async () => {
    const { sandbox, run, sync } = await syncedHub();
    await run();
    sync();
    await run();
    const { rmSync } = await import('node:fs');
    rmSync(join(sandbox.resourcesDir, 'forms/fortnox-activate.pug'));
    expect((await run()).error?.code).toBe('resources_not_synced');
  });

  test('--wait waits no longer than it says', async () => {
    const { run } = await syncedHub();
    const began = performance.now();
    expect((await run({ wait: '1' })).error?.code).toBe('resources_not_synced');
    expect(performance.now() - began).toBeGreaterThan(990);
  });

  test('--wait waits for it', async () => {
    const { run, sync, imported } = await syncedHub();
    // Again and again: what is copied before it is written is not there.
    const timer = setInterval(sync, 300);
    onTestFinished(() => clearInterval(timer));
    expect((await run({ wait: '60' })).exitCode).toBe(0);
    expect(imported()).toBe(6);
  });
});
