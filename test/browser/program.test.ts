import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
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
  expect(await ended).toEqual([0, null]);
  expect(set.sandbox.fortnox.isAccessTokenValid(String(set.token().access_token))).toBe(true);
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
