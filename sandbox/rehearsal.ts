import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './app/chromium.js';
import { activateInForm } from './app/person.js';
import { freePort } from './net/server.js';
import { startCli } from './run-cli.js';
import { REGISTERED, type Sandbox, startSandbox } from './sandbox.js';

/** The built program, beside the built sandbox. */
const CLI = join(import.meta.dirname, '../../dist/cli.js');

/** A step that did not end as it should. */
class Failed extends Error {}

const write = (text: string) => process.stdout.write(text);

function expect(isTrue: boolean, expected: string): void {
  if (!isTrue) {
    throw new Failed(`Expected: ${expected}`);
  }
}

/** The main job on the embedded Hub, each step by the real program as its own process. */
async function rehearse(sandbox: Sandbox, redirectUri: string, cwd: string): Promise<void> {
  const env = {
    NO_COLOR: '1',
    ONIFY_API_URL: sandbox.apiUrl,
    ONIFY_API_TOKEN: sandbox.token,
    ONIFY_RESOURCES_DIR: sandbox.resourcesDir,
    FORTNOX_APP_CLIENTSECRET: REGISTERED.secret,
  };
  const step = async (title: string, argv: string[], onOutput?: (text: string) => void) => {
    write(`\n${title}\n\n$ npx fortnox-blueprint ${argv.join(' ')}\n`);
    const running = startCli(argv, {
      program: CLI,
      env,
      cwd,
      onOutput: (text) => {
        write(text);
        onOutput?.(text);
      },
    });
    const { code } = await running.ended;
    expect(code === 0, `exit code 0, not ${code}`);
  };
  write(`The embedded Hub: ${sandbox.apiUrl}\nThe stand-in for Fortnox: ${sandbox.fortnoxUrl}\n`);

  await step('1. Put the blueprint into the Hub', ['install']);
  const workflows = sandbox.config().list('workflow').length;
  expect(workflows === 6, `6 workflows in the Hub, not ${workflows}`);

  const writes = () =>
    sandbox.faults.calls.filter(({ side, method }) => side === 'hub' && method !== 'GET').length;
  const before = writes();
  await step('2. Again: nothing is left to do', ['install']);
  expect(writes() === before, 'no write at the second installation');

  const chromium = findChromium();
  if (chromium) {
    write('\n3. Connect a company in Fortnox, by the form in a browser\n\n');
    const formUrl = `${sandbox.appUrl}/form/fortnox-activate`;
    const say = (text: string) => write(`(${text})\n`);
    const said = await activateInForm({ chromium, formUrl, redirectUri, say });
    write(`${said}\n`);
    expect(said.startsWith('Fortnox is connected'), 'a result page that says so');
  } else {
    const activate = ['activate', '--no-browser', '--redirect-uri', redirectUri];
    await step('3. Connect a company in Fortnox (no Chromium here)', activate, approve(sandbox));
  }
  const activated = tokenOf(sandbox);
  expect(
    sandbox.fortnox.isAccessTokenValid(activated.access),
    'a stored access token that Fortnox takes',
  );

  await step('4. Refresh the token', ['refresh']);
  const refreshed = tokenOf(sandbox);
  expect(refreshed.access !== activated.access, 'a new access token in the Hub');
  expect(refreshed.refresh === activated.refresh, 'the spare refresh token, not used up');
  expect(
    sandbox.fortnox.isAccessTokenValid(refreshed.access),
    'a refreshed access token that Fortnox takes',
  );

  await step('5. Look at it all', ['status']);
}

/** Approves in place of a person: opens the printed address, presses the button, and follows to the redirect URI. */
function approve(sandbox: Sandbox): (text: string) => void {
  let seen = '';
  let isApproved = false;
  return (text) => {
    seen += text;
    const address = new RegExp(`${sandbox.fortnoxUrl}/oauth-v1/auth\\?\\S+`).exec(seen)?.[0];
    if (
      !address ||
      isApproved ||
      !seen.slice(seen.indexOf(address) + address.length).includes('\n')
    ) {
      return;
    }
    isApproved = true;
    approveAt(address).catch((error: unknown) => write(`The approval failed: ${String(error)}\n`));
  };
}

async function approveAt(address: string): Promise<void> {
  const page = await (await fetch(address)).text();
  const fields = [...page.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  );
  const body = new URLSearchParams(fields.filter(([name]) => name !== 'decision'));
  body.set('decision', 'approve');
  write('(a system administrator approves in Fortnox)\n');
  const target = new URL('/oauth-v1/auth', address);
  const answer = await fetch(target, { method: 'POST', body, redirect: 'manual' });
  await fetch(answer.headers.get('location') ?? '');
}

function tokenOf(sandbox: Sandbox): { access: string; refresh: string } {
  const value = sandbox.settings().get('_fortnox_access_token')?.value;
  const token = JSON.parse(String(value ?? '{}')) as {
    access_token?: string;
    refresh_token?: string;
  };
  return { access: token.access_token ?? '', refresh: token.refresh_token ?? '' };
}

async function main(): Promise<void> {
  const started = performance.now();
  const cwd = mkdtempSync(join(tmpdir(), 'onify-rehearsal-'));
  const redirectUri = `http://localhost:${await freePort()}`;
  const sandbox = await startSandbox({ redirectUris: [redirectUri] });
  try {
    await rehearse(sandbox, redirectUri, cwd);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    write(`\nEverything is as it should be (${seconds} s).\n`);
  } catch (error) {
    if (!(error instanceof Failed)) {
      throw error;
    }
    write(`\n${error.message}\n`);
    process.exitCode = 1;
  } finally {
    await sandbox.stop();
    rmSync(cwd, { recursive: true, force: true });
  }
}

await main();
