import { describe, expect, test } from 'vitest';
import { connectionLost, notConnected } from '../../src/token/recovery.js';
import { runScript } from '../scripts/run-script.js';
import { connectedHub, installedHub } from '../support/hub.js';
import { cli } from '../support/run-cli.js';

const FORM = '/form/fortnox-activate';
const flat = (text: string) => text.replace(/\s+/g, ' ');

describe('where only a person can help', () => {
  test.each([
    ['not-connected', notConnected(FORM)],
    ['refused', connectionLost(FORM)],
  ])('the flows say what the program says: %s', async (kind, sentence) => {
    const { error } = await runScript('explain.js', { output: { failure: { kind } } });
    expect(error?.message).toBe(`${sentence} [${kind}]`);
    expect(sentence).toMatch(/\/form\/fortnox-activate.*system administrator of the company/);
  });

  test('before activation, status, refresh and the process have the same sentence', async () => {
    const { sandbox, env } = await installedHub();
    const status = await cli(['status'], { env });
    const refresh = await cli(['refresh'], { env });
    expect(flat(status.stdout)).toContain(notConnected(FORM));
    expect(flat(refresh.stderr)).toContain(notConnected(FORM));
    expect(sandbox.workflows().processes.at(-1)?.error).toBe(
      `${notConnected(FORM)} [not-connected]`,
    );
  });

  test('once the connection is lost, status, refresh and the process have the same sentence', async () => {
    const { sandbox, env } = await connectedHub();
    sandbox.fortnox.revokeAll();
    // Without a tenant id there is nothing to fall back on, and the record is too old to be of use.
    const old = {
      access_token: 'opaque',
      refresh_token: 'gone',
      expires_in: 3600,
      timestamp: '2020-01-01T00:00:00.000Z',
    };
    const { key, ...setting } = { ...sandbox.settings().get('_fortnox_access_token') };
    sandbox.settings().put(String(key), { ...setting, value: JSON.stringify(old) });
    const status = await cli(['status', '--app-url', 'https://onify.example.com/'], { env });
    const refresh = await cli(['refresh'], { env });
    expect(status.code).toBe(8);
    expect(flat(status.stdout)).toContain(connectionLost(`https://onify.example.com${FORM}`));
    expect(flat(refresh.stderr)).toContain(connectionLost(FORM));
    expect(sandbox.workflows().processes.at(-1)?.error).toBe(`${connectionLost(FORM)} [refused]`);
  });
});
