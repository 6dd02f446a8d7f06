import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { folder } from '../support/folder.js';
import { said } from '../support/said.js';
import { atTerminal, hasTerminals } from '../support/terminal.js';
import { begin, type Got, visit } from './fake-browser.js';
import { decide, startWorld, type World } from './world.js';

const connected = {
  access_token: 'an-access-token',
  refresh_token: 'a-refresh-token',
  tenant_id: '111111',
  expires_in: 3600,
  scope: '',
  token_type: 'bearer',
};

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.store({ ...connected, timestamp: new Date().toISOString() });
});
afterAll(() => world.stop());

/** Runs `activate` at a terminal, and types one key once it asks; whoever has the browser approves each time. */
function activateAtTerminal(key: string) {
  const home = folder();
  const opened = join(home, 'opened');
  const browser = join(home, 'browser.sh');
  writeFileSync(
    browser,
    `#!/bin/sh\nprintf %s "$1" > ${opened}.new && mv ${opened}.new ${opened}\n`,
  );
  chmodSync(browser, 0o755);
  const { apiUrl: ONIFY_API_URL, token: ONIFY_API_TOKEN } = world.sandbox;
  const env = { HOME: home, BROWSER: browser, ONIFY_API_URL, ONIFY_API_TOKEN };
  const argv = ['activate', '--redirect-uri', world.redirectUri];
  const ended = atTerminal(argv, env, /Replace .*\?/s, key);
  const approve = async (): Promise<Got> => {
    await expect.poll(() => existsSync(opened)).toBe(true);
    const { url, headers } = await begin(readFileSync(opened, 'utf8'));
    rmSync(opened);
    return visit(await decide(url), { headers });
  };
  return { ended, approve };
}

describe.runIf(hasTerminals)('a person at a terminal, where another company is connected', () => {
  test('is asked, and approves once more to replace it', async () => {
    const { ended, approve } = activateAtTerminal('y');
    const first = await approve();
    expect(first.body).toContain('<h2>The activation failed</h2>');
    const second = await approve();
    expect(second.body).toContain('<h2>Fortnox is connected</h2>');
    const { code, screen } = await ended;
    expect(code).toBe(0);
    expect(said(screen)).toContain('Fortnox is connected.');
    expect(world.stored()).toMatchObject({ tenant_id: '998877' });
  });

  test('says no: both companies are named, and the connection stays', async () => {
    const { ended, approve } = activateAtTerminal('n');
    await approve();
    const { code, screen } = await ended;
    expect(code).toBe(6);
    expect(said(screen)).toMatch(/111111.*998877|998877.*111111/);
    expect(world.stored()).toMatchObject(connected);
  });
});
