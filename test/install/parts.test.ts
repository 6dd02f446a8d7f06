import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { changesOf, hub, install, writesTo } from './run-install.js';

describe('--skip', () => {
  test('resources: a later run sees through the Hub what was imported, and writes nothing', async () => {
    const sandbox = await hub();
    await install(sandbox);
    const writes = writesTo(sandbox);
    const env = { ONIFY_RESOURCES_DIR: undefined };
    const again = await install(sandbox, { options: { skip: ['resources'] }, env });
    expect(again.exitCode).toBe(0);
    expect(changesOf(again).map(({ kind }) => kind)).not.toContain('resource');
    expect(writesTo(sandbox)).toBe(writes);
  });

  test('resources on a Hub without a record: the form is imported, and nobody calls it a drift', async () => {
    const sandbox = await hub({ modes: { configExport: false } });
    const options = { skip: ['resources'] };
    await install(sandbox, { options });
    const again = await install(sandbox, { options: { ...options, dryRun: true, exitCode: true } });
    expect(again.exitCode).toBe(0);
    expect(changesOf(again, 'form')).toMatchObject([{ action: 'unknown' }]);
  });

  test('config: the files are written, and a later run still imports', async () => {
    const sandbox = await hub({ modes: { workflowsList: false, configExport: false } });
    await install(sandbox, { options: { skip: ['config'] } });
    expect(sandbox.config().list('workflow')).toEqual([]);
    await install(sandbox);
    expect(sandbox.config().list('workflow')).toHaveLength(6);
  });

  test('settings: no setting is read or written, and no secret is asked for', async () => {
    const sandbox = await hub();
    const env = { FORTNOX_APP_CLIENTSECRET: undefined };
    expect((await install(sandbox, { options: { skip: ['settings'] }, env })).exitCode).toBe(0);
    expect(sandbox.faults.calls.filter(({ path }) => path.includes('settings'))).toEqual([]);
  });

  test('all of it: nothing is done', async () => {
    const sandbox = await hub();
    const options = { skip: ['settings', 'resources', 'config'] };
    expect((await install(sandbox, { options })).exitCode).toBe(0);
    expect(sandbox.faults.calls).toEqual([]);
    expect(readdirSync(sandbox.resourcesDir)).toEqual([]);
  });

  test('a part that there is not is named with those that there are', async () => {
    const failed = await install(await hub(), { options: { skip: ['flows'] } });
    expect(failed.error).toMatchObject({
      code: 'skip_unknown',
      hint: 'It takes resources, settings, config.',
    });
  });

  test('an exit code for drift is refused without a dry run, as it would never come', async () => {
    const failed = await install(await hub(), { options: { exitCode: true } });
    expect(failed.error).toMatchObject({ code: 'exit_code_alone', exitCode: 2 });
  });
});
