import { expect, test } from 'vitest';
import { connectedHub, consent, storedToken } from '../support/hub.js';
import { cli } from '../support/run-cli.js';
import { said } from '../support/said.js';

test('given a connection, when it is ended, then Fortnox takes its refresh token no longer, and the Hub holds none', async () => {
  const { sandbox, env } = await connectedHub();
  const { tenant_id: tenantId } = storedToken(sandbox);
  const { code, stdout } = await cli(['disconnect', '--yes', '--json'], { env });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    command: 'disconnect',
    disconnected: true,
    revoked: true,
    tenantId: String(tenantId),
  });
  expect(storedToken(sandbox)).not.toHaveProperty('access_token');
  expect(storedToken(sandbox)).not.toHaveProperty('refresh_token');
  expect((await cli(['refresh'], { env })).code).toBe(6);
});

test('given a connection that was ended, then what may go on at Fortnox is said, and uninstall says what stays', async () => {
  const { env } = await connectedHub();
  const ended = await cli(['disconnect', '--yes'], { env });
  expect(said(ended.stdout)).toContain('The consent that the company gave may still stand');
  expect(said(ended.stdout)).toContain('takes it back in Fortnox.');
  const removed = await cli(['uninstall', '--yes', '--json'], { env });
  expect(JSON.parse(removed.stdout).left).toContainEqual(
    expect.objectContaining({
      id: '_fortnox_access_token',
      why: 'holds no connection, only how often there was one; --with-token takes it too',
    }),
  );
});

test('given nobody who can be asked, when --yes is missing, then nothing is changed', async () => {
  const { sandbox, env } = await connectedHub();
  const before = storedToken(sandbox);
  const { code, stderr } = await cli(['disconnect'], { env });
  expect(code).toBe(2);
  expect(said(stderr)).toContain('Run it with --yes where it is.');
  expect(storedToken(sandbox)).toEqual(before);
});

test('given a connection that was ended, when it is ended again, then that is said and nothing fails', async () => {
  const { env } = await connectedHub();
  await cli(['disconnect', '--yes'], { env });
  const { code, stdout } = await cli(['disconnect', '--yes'], { env });
  expect(code).toBe(0);
  expect(said(stdout)).toContain('Fortnox was not connected. Nothing was changed.');
  expect(said(stdout)).not.toContain('consent');
});

test('given another company that is connected, then it is replaced with --replace-company alone', async () => {
  const { sandbox, env } = await connectedHub();
  const before = storedToken(sandbox);
  const other = sandbox.fortnox.addCompany(424242, 'Annat AB');
  const activate = (...more: string[]) =>
    cli(['activate', '--code', '-', ...more], { env, stdin: `${consent(sandbox, other)}\n` });
  const kept = await activate();
  expect(kept.code).toBe(6);
  expect(kept.said).toContain('424242');
  expect(storedToken(sandbox)).toMatchObject({ tenant_id: before.tenant_id });
  const replaced = await activate('--replace-company', '--json');
  expect(replaced.code).toBe(0);
  expect(JSON.parse(replaced.stdout).token.tenantId).toBe('424242');
});
