import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unifiedDiff } from '../../src/install/diff.js';
import { changesOf, hub, install } from './run-install.js';

const ALERT = '_fortnox_alert_email';
const CLIENT_ID = '_fortnox_app_clientid';

describe('--alert-email', () => {
  test('writes the setting, whole', async () => {
    const sandbox = await hub();
    await install(sandbox, { options: { alertEmail: 'it@example.com' } });
    expect(sandbox.settings().get(ALERT)).toMatchObject({
      value: 'it@example.com',
      type: 'string',
      tag: ['fortnox'],
      role: ['admin'],
    });
  });

  test('is kept where it is not given, and not even told of', async () => {
    const sandbox = await hub();
    await install(sandbox, { options: { alertEmail: 'it@example.com' } });
    const again = await install(sandbox);
    expect(changesOf(again).map(({ id }) => id)).not.toContain(ALERT);
    expect(sandbox.settings().get(ALERT)?.value).toBe('it@example.com');
  });

  test('none removes it', async () => {
    const sandbox = await hub();
    await install(sandbox, { options: { alertEmail: 'it@example.com' } });
    const done = await install(sandbox, { options: { alertEmail: 'none' } });
    expect(changesOf(done)).toContainEqual(
      expect.objectContaining({ id: ALERT, action: 'delete', state: 'done' }),
    );
    expect(sandbox.settings().get(ALERT)).toBeUndefined();
  });

  test('none empties it where the Hub deletes no setting, and once is enough', async () => {
    const sandbox = await hub({ modes: { settingRecord: false } });
    await install(sandbox, { options: { alertEmail: 'it@example.com' } });
    expect((await install(sandbox, { options: { alertEmail: 'none' } })).exitCode).toBe(0);
    expect(sandbox.settings().get(ALERT)?.value).toBe('');
    const again = await install(sandbox, { options: { alertEmail: 'none' } });
    expect(changesOf(again).map(({ id }) => id)).not.toContain(ALERT);
  });

  test.each(['nobody', 'a@b', 'a@b.se,c@d.se', 'A <a@b.se>', ''])(
    '%j is not an address, exit code 2',
    async (alertEmail) => {
      const failed = await install(await hub(), { options: { alertEmail } });
      expect(failed.error).toMatchObject({ code: 'alert_email_malformed', exitCode: 2 });
    },
  );

  test('is refused where settings are left out', async () => {
    const options = { alertEmail: 'it@example.com', skip: ['settings'] };
    const failed = await install(await hub(), { options });
    expect(failed.error).toMatchObject({ code: 'alert_email_skipped', exitCode: 2 });
  });
});

describe('the client id', () => {
  test('of --client-id goes before that of the environment', async () => {
    const sandbox = await hub();
    const env = { FORTNOX_APP_CLIENTID: 'of-the-environment' };
    await install(sandbox, { options: { clientId: 'of-the-flag' }, env });
    expect(sandbox.settings().get(CLIENT_ID)?.value).toBe('of-the-flag');
  });

  test("that is not Onify's is named as that", async () => {
    const sandbox = await hub();
    await install(sandbox, { options: { clientId: 'a-company-own-id' } });
    const { lines } = await install(sandbox);
    expect(lines.join('\n')).toMatch(/kept: a-company-own-id, not Onify's/);
  });
});

describe('--diff', () => {
  const FLOW = 'flows/fortnox-refresh-access-token.bpmn';

  test('shows what changes in a file, whole lines, and writes nothing with --dry-run', async () => {
    const sandbox = await hub();
    await install(sandbox);
    writeFileSync(join(sandbox.resourcesDir, FLOW), 'edited\n');
    const { json } = await install(sandbox, { options: { diff: true, dryRun: true } });
    expect(json.diff).toContain(`--- a/${FLOW}\n+++ b/${FLOW}\n`);
    expect(json.diff).toContain('\n-edited\n');
  });

  test('shows a form or a workflow by what is shipped of it', async () => {
    const sandbox = await hub();
    await install(sandbox);
    const [workflow] = sandbox.config().list('workflow');
    sandbox.config().import({ workflow: [{ ...workflow, role: [] }] });
    const { json } = await install(sandbox, { options: { diff: true, dryRun: true } });
    expect(json.diff).toMatch(/-\s+"role": \[\]/);
    expect(json.diff).not.toContain('createdate');
  });

  test('heads settings, forms and workflows as it heads files: a side, a slash, the name', async () => {
    const { json } = await install(await hub(), { options: { diff: true, dryRun: true } });
    const heads = [...String(json.diff).matchAll(/^\+\+\+ (.+)$/gm)].map(([, name = '']) => name);
    expect(heads).toEqual(
      expect.arrayContaining([
        'b/setting/_fortnox_app_clientid',
        `b/${FLOW}`,
        'b/form/fortnox-activate',
        'b/workflow/fortnox-refresh-access-token',
      ]),
    );
    expect(heads.filter((name) => !/^b\/\S+$/.test(name))).toEqual([]);
  });

  test('masks a secret, the old and the new one', async () => {
    const sandbox = await hub();
    await install(sandbox);
    const env = { FORTNOX_APP_CLIENTSECRET: 'another-client-secret' };
    const { json, lines } = await install(sandbox, { options: { diff: true, dryRun: true }, env });
    expect(json.diff).toContain('**** (new)');
    expect(JSON.stringify([json, lines])).not.toMatch(/client-secret"|another-client/);
  });

  test('is not there where nobody asked', async () => {
    expect((await install(await hub())).json).not.toHaveProperty('diff');
  });
});

describe('a unified diff', () => {
  test('has three lines of context, and the ranges that diff -u has', () => {
    const from = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].join('\n');
    expect(unifiedDiff('/x', `${from}\n`, `${from.replace('5', 'five')}\n`)).toEqual([
      '--- a/x',
      '+++ b/x',
      '@@ -2,7 +2,7 @@',
      ' 2',
      ' 3',
      ' 4',
      '-5',
      '+five',
      ' 6',
      ' 7',
      ' 8',
    ]);
  });

  test.each([
    [undefined, 'a\n', ['--- /dev/null', '+++ b/x', '@@ -0,0 +1,1 @@', '+a']],
    ['a\n', undefined, ['--- a/x', '+++ /dev/null', '@@ -1,1 +0,0 @@', '-a']],
    ['a\r\nb\r\n', 'a\nb\n', []],
  ])('of %j and %j', (from, to, lines) => {
    expect(unifiedDiff('/x', from, to)).toEqual(lines);
  });
});
