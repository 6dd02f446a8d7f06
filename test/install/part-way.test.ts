import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ChangeDocument, changesOf, hub, install } from './run-install.js';

const statesOf = (changes: readonly ChangeDocument[]) =>
  Object.fromEntries(
    ['done', 'failed', 'pending'].map((name) => [
      name,
      changes.filter(({ state }) => state === name).length,
    ]),
  );

describe('a failure after something was changed has exit code 7, whatever it was', () => {
  test('a Hub that goes away while it is read back', async () => {
    const sandbox = await hub();
    sandbox.faults.order({
      side: 'hub',
      method: 'GET',
      path: '/api/v2/setup/database/config/export',
      kind: 'cut-before',
      skip: 1,
      times: 9,
    });
    const failed = await install(sandbox);
    expect(failed).toMatchObject({
      exitCode: 7,
      error: { code: 'hub_unreachable' },
      json: { verified: null },
    });
    expect(statesOf(changesOf(failed))).toMatchObject({ failed: 0, pending: 0 });
  });

  test('a token that loses its rights between two settings', async () => {
    const sandbox = await hub();
    sandbox.faults.order({
      side: 'hub',
      method: 'POST',
      kind: 'answer',
      status: 403,
      skip: 1,
      times: 9,
      body: '{}',
    });
    const failed = await install(sandbox);
    expect(failed).toMatchObject({ exitCode: 7, error: { code: 'hub_forbidden' } });
    const settings = statesOf(changesOf(failed, 'setting'));
    expect(settings).toEqual({ done: 1, failed: 2, pending: 0 });
    expect(statesOf(changesOf(failed, 'resource'))).toMatchObject({ done: 0, failed: 0 });
  });

  test('a file that can not be written: those after it are left alone', async () => {
    const sandbox = await hub();
    const path = join(sandbox.resourcesDir, 'flows');
    const failed = await install(sandbox, {
      start: ({ output }) => {
        const say = output.progress.bind(output);
        output.progress = (text) => {
          // Between the check and the writing, someone puts a folder where a file must go.
          if (text.startsWith('Writing 19')) {
            mkdirSync(join(path, 'fortnox-generate-access-token.bpmn'), { recursive: true });
          }
          say(text);
        };
      },
    });
    expect(failed).toMatchObject({ exitCode: 7, error: { code: 'resources_dir_obstacle' } });
    expect(statesOf(changesOf(failed, 'resource'))).toEqual({ done: 13, failed: 1, pending: 5 });
    rmSync(path, { recursive: true });
    expect((await install(sandbox)).exitCode).toBe(0);
  });

  test('Ctrl-C is told apart, exit code 130, and says what was done by then', async () => {
    const sandbox = await hub();
    sandbox.faults.order({ side: 'hub', method: 'POST', path: '/api/v2/setup', kind: 'hang' });
    const failed = await install(sandbox, {
      start: (context) => {
        const say = context.output.progress.bind(context.output);
        context.output.progress = (text) => {
          if (text.startsWith('Importing')) {
            setTimeout(() => context.interrupt(), 50);
          }
          say(text);
        };
      },
    });
    expect(failed.exitCode).toBe(130);
    expect(statesOf(changesOf(failed, 'resource'))).toEqual({ done: 19, failed: 0, pending: 0 });
    expect(statesOf(changesOf(failed, 'workflow'))).toEqual({ done: 0, failed: 0, pending: 6 });
  });

  test('the lines for a person count what was done', async () => {
    const sandbox = await hub();
    sandbox.faults.order({
      side: 'hub',
      method: 'POST',
      path: '/api/v2/setup',
      kind: 'answer',
      status: 400,
      body: '{"message":"no"}',
    });
    const failed = await install(sandbox);
    expect(failed.lines.at(-1)).toBe('22 done, 7 failed, 0 still to do.');
    expect(failed.error?.hint).toMatch(/Then run install again/);
  });
});

describe('a failure before anything was changed keeps its own exit code', () => {
  test.each<[string, number, Record<string, unknown>]>([
    ['the first write is refused', 6, { kind: 'answer', status: 400, body: '{}', times: 9 }],
    ['the first write is not allowed', 4, { kind: 'answer', status: 403, body: '{}', times: 9 }],
    ['the Hub goes away', 5, { kind: 'cut-before', times: 99 }],
  ])('%s: %i', async (_name, exitCode, fault) => {
    const sandbox = await hub();
    sandbox.faults.order({ side: 'hub', method: 'POST', kind: 'hang', ...fault });
    const failed = await install(sandbox);
    expect(failed.exitCode).toBe(exitCode);
    expect(failed.json).toEqual({});
  });
});
