import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { findChromium, launchWithProfile } from '../../sandbox/app/chromium.js';
import { REGISTERED } from '../../sandbox/sandbox.js';
import { folder } from '../support/folder.js';
import { inBrowser, type Stage, stage, useBrowser } from './support.js';

useBrowser();

const CLI = join(import.meta.dirname, '../../dist/cli.js');

/** Starts `activate`. @returns the process, and the address that it prints, once it waits for Fortnox */
async function started({ sandbox, redirectUri }: Stage): Promise<[ChildProcess, string]> {
  const { PATH = '' } = process.env;
  const argv = ['activate', '--no-browser', '--redirect-uri', redirectUri];
  const child = spawn(process.execPath, [CLI, ...argv], {
    env: {
      PATH,
      NO_COLOR: '1',
      ONIFY_API_URL: sandbox.apiUrl,
      ONIFY_API_TOKEN: sandbox.token,
    },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  await expect.poll(() => printed).toContain('Waiting for');
  return [child, /http\S+\/oauth-v1\/auth\?\S+/.exec(printed)?.[0] ?? ''];
}

inBrowser('the program catches the code of a browser that follows the redirect', async () => {
  const set = await stage();
  const [child, address] = await started(set);
  const ended = once(child, 'exit');
  await set.page.goto(address);
  await set.page.getByRole('button', { name: 'Approve' }).click();
  await set.page.getByRole('heading', { name: 'Approved in Fortnox' }).waitFor();
  await set.page.getByRole('heading', { name: 'Fortnox is connected' }).waitFor();
  await set.page.getByText('Onify is connected to Exempelbolaget AB (tenant id 998877).').waitFor();
  expect(await set.page.getByText('The Hub now fetches the tokens.').isVisible()).toBe(false);
  expect(await ended).toEqual([0, null]);
  expect(set.sandbox.fortnox.isAccessTokenValid(String(set.token().access_token))).toBe(true);
});

inBrowser('what a browser keeps of it holds no secret that is good for anything', async () => {
  const set = await stage();
  const profile = folder();
  const context = await launchWithProfile(findChromium() ?? '', profile);
  onTestFinished(() => context.close());
  const page = context.pages()[0] ?? (await context.newPage());
  const [child, address] = await started(set);
  const ended = once(child, 'exit');
  await page.goto(address);
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('heading', { name: 'Approved in Fortnox' }).waitFor();
  const code = new URL(page.url()).searchParams.get('code') ?? '';
  expect(await ended).toEqual([0, null]);
  await context.close();

  const kept = readdirSync(profile, { recursive: true, encoding: 'utf8' })
    .map((name) => join(profile, name))
    .filter((file) => lstatSync(file).isFile())
    .map((file) => readFileSync(file, 'latin1'))
    .join('\n');
  // The history is there, and the code that it holds is spent.
  expect(kept).toContain('/oauth-v1/auth');
  const basic = Buffer.from(`${REGISTERED.id}:${REGISTERED.secret}`).toString('base64');
  const form = { grant_type: 'authorization_code', code, redirect_uri: set.redirectUri };
  const again = await fetch(`${set.sandbox.fortnoxUrl}/oauth-v1/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams(form),
  });
  expect(await again.json()).toMatchObject({ error: 'invalid_grant' });
  const { access_token, refresh_token } = set.token();
  for (const secret of [
    set.sandbox.token.slice(7),
    REGISTERED.secret,
    access_token,
    refresh_token,
  ]) {
    expect(kept).not.toContain(String(secret));
  }
});

inBrowser('a refusal is said in the browser, and ends the program', async () => {
  const set = await stage();
  const [child, address] = await started(set);
  const ended = once(child, 'exit');
  await set.page.goto(address);
  await set.page.getByRole('button', { name: 'Refuse' }).click();
  await set.page.getByRole('heading', { name: 'Fortnox is not connected' }).waitFor();
  expect(await ended).toEqual([6, null]);
});
