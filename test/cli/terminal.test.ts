import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { connectedHub, installedHub, storedToken } from '../support/hub.js';
import { said } from '../support/said.js';
import { atTerminal, hasTerminals } from '../support/terminal.js';

const ENTER = '\r';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

const atOne = hasTerminals ? describe : describe.skip;
const reason = hasTerminals ? '' : ' (skipped: there is no script of util-linux)';

atOne(`a person at a terminal who is asked before something goes${reason}`, () => {
  test.each([
    ['no', 'n'],
    ['nothing, which is no', ENTER],
  ])('answers %s: nothing is removed, and nothing has failed', async (_name, key) => {
    const { sandbox, env } = await installedHub();
    const files = readdirSync(sandbox.resourcesDir, { recursive: true });
    const { code, screen } = await atTerminal(['uninstall'], env, /Remove .*\?/s, key);
    expect(said(screen)).toMatch(/Nothing was removed\.\s*$/);
    expect(code).toBe(0);
    expect(readdirSync(sandbox.resourcesDir, { recursive: true })).toEqual(files);
    expect(sandbox.faults.calls.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  test('answers yes: it is removed', async () => {
    const { env } = await installedHub();
    const { code, screen } = await atTerminal(['uninstall'], env, /Remove .*\?/s, 'y');
    expect(said(screen)).toMatch('Removed: 28.');
    expect(code).toBe(0);
  });

  test.each([
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
  ])('presses %s: it is interrupted', async (_name, key) => {
    const { sandbox, env } = await installedHub();
    const { code, screen } = await atTerminal(['uninstall'], env, /Remove .*\?/s, key);
    expect(said(screen)).toMatch('Error: Interrupted.');
    expect(code).toBe(130);
    expect(sandbox.faults.calls.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  test('answers no to disconnect: nothing is changed', async () => {
    const { sandbox, env } = await connectedHub();
    const { code, screen } = await atTerminal(['disconnect'], env, /Disconnect .*\?/s, 'n');
    expect(said(screen)).toMatch(/Nothing was changed\.\s*$/);
    expect(code).toBe(0);
    expect(storedToken(sandbox).refresh_token).toEqual(expect.any(String));
  });
});
