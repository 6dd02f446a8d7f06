import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hub, install } from './run-install.js';

describe('what was written is read back', () => {
  test('a Hub whose list is a moment behind is given the time', async () => {
    const sandbox = await hub({ modes: { configExport: false } });
    sandbox.faults.order({
      side: 'hub',
      method: 'GET',
      path: '/api/v2/admin/workflows',
      kind: 'answer',
      status: 200,
      body: '{"records":[]}',
      times: 2,
    });
    expect(await install(sandbox)).toMatchObject({ exitCode: 0, json: { verified: null } });
  });

  test('a Hub that shows something else is told of, exit code 7', async () => {
    const sandbox = await hub({ modes: { configExport: false } });
    sandbox.faults.order({
      side: 'hub',
      method: 'GET',
      path: '/api/v2/admin/workflows',
      kind: 'answer',
      status: 200,
      body: '{"records":[]}',
      times: 99,
    });
    const failed = await install(sandbox);
    expect(failed).toMatchObject({
      exitCode: 7,
      error: {
        code: 'not_as_written',
        message: expect.stringContaining('fortnox-refresh-schedule'),
      },
      json: { verified: false },
    });
  });

  test('and until it is as written, no record tells that it was installed', async () => {
    const sandbox = await hub();
    sandbox.faults.order({
      side: 'hub',
      method: 'POST',
      path: '/api/v2/setup',
      kind: 'answer',
      status: 200,
      body: '{}',
    });
    await install(sandbox);
    expect(existsSync(join(sandbox.resourcesDir, 'fortnox-blueprint.json'))).toBe(false);
    await install(sandbox);
    expect(existsSync(join(sandbox.resourcesDir, 'fortnox-blueprint.json'))).toBe(true);
  });

  test('an import that a Hub said yes to without doing it is noticed', async () => {
    const sandbox = await hub();
    sandbox.faults.order({
      side: 'hub',
      method: 'POST',
      path: '/api/v2/setup',
      kind: 'answer',
      status: 200,
      body: 'OK',
    });
    expect((await install(sandbox)).error?.code).toBe('not_as_written');
    expect((await install(sandbox)).exitCode).toBe(0);
  });

  test.each<[string, Parameters<typeof hub>[0], true | null]>([
    ['shows all', {}, true],
    ['lists no workflows', { modes: { workflowsList: false, configExport: false } }, null],
    ['lists no workflows, and exports them', { modes: { workflowsList: false } }, true],
    ['exports nothing, and lists workflows', { modes: { configExport: false } }, null],
    ['shows no resources', { modes: { resourcesApi: false } }, null],
    ['masks passwords', { modes: { passwords: 'masked' } }, null],
  ])('a Hub that %s', async (_name, options, verified) => {
    expect((await install(await hub(options))).json.verified).toBe(verified);
  });
});
