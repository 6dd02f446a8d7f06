// Takes pictures in headless Chromium: for docs/activation.md each step of an activation on the embedded Hub, for
// docs/validation.md a modeler that shows findings.
//
//   npm run pictures [-- --out DIR]      after npm run build; CHROMIUM=/path/to/chromium names a browser

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findChromium, launch } from '../build/sandbox/app/chromium.js';
import { REGISTERED, startSandbox } from '../build/sandbox/sandbox.js';
import { takePicture } from './modeler.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: { out: { type: 'string' } },
});
const [activation, others] = ['docs/activation', 'docs/pictures'].map(
  (folder) => values.out ?? join(root, folder),
);
const chromium = findChromium();
if (!chromium) {
  process.stderr.write(
    'No Chromium found. Install it (Debian: apt-get install chromium), or set CHROMIUM.\n',
  );
  process.exit(2);
}

/** A Hub with the blueprint in it, and its settings. */
async function hub(resourcesDir) {
  for (const [from, to] of [
    ['flows', 'flows'],
    ['forms', 'forms'],
    ['resources', '.'],
  ]) {
    cpSync(join(root, from), join(resourcesDir, to), { recursive: true });
  }
  const sandbox = await startSandbox({ resourcesDir });
  sandbox.config().import(JSON.parse(readFileSync(join(root, 'config.json'), 'utf8')));
  for (const [key, value, type] of [
    ['_fortnox_app_clientid', REGISTERED.id, 'string'],
    ['_fortnox_app_clientsecret', REGISTERED.secret, 'password'],
    ['_fortnox_access_token', '{}', 'object'],
  ]) {
    const fields = { name: key.slice(1), value, type, tag: ['fortnox'], role: ['admin'] };
    sandbox.settings().post({ key, ...fields, category: 'custom' });
  }
  return sandbox;
}

/** Something that accepts and hangs up, as a port where nothing of use answers. */
async function nowhere(port) {
  const server = createServer((socket) => socket.destroy());
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}

async function shoot(context, { appUrl, hasStatus }, take) {
  const page = await context.newPage();
  await page.goto(`${appUrl}/form/fortnox-activate`);
  if (hasStatus) {
    await page.getByRole('button', { name: 'Show what is connected' }).click();
    await page.locator('.outcome', { hasText: 'Done.' }).first().waitFor();
  }
  await take(page, '1-form');
  await page.getByRole('button', { name: 'Generate activation URL' }).click();
  const link = page.getByRole('link', { name: 'Open Fortnox and approve' });
  await link.waitFor();
  await take(page, '2-link', link);
  const opened = context.waitForEvent('page');
  await link.click();
  const fortnox = await opened;
  await fortnox.waitForLoadState();
  await take(fortnox, '3-fortnox');
  const redirected = fortnox.waitForRequest(/^http:\/\/localhost:2022/);
  await fortnox.getByRole('button', { name: 'Approve' }).click();
  const address = (await redirected).url();
  await page.bringToFront();
  const code = page.getByLabel('4. Address or code');
  await code.fill(address);
  await take(page, '4-code', code);
  await page.getByRole('button', { name: 'Activate Onify in Fortnox' }).click();
  await page.waitForSelector('body[data-ended]');
  await take(page, '5-result');
  await page.goto(`${appUrl}/form/fortnox-activate`);
  await page.getByLabel('4. Address or code').fill(new URL(address).searchParams.get('code'));
  await page.getByLabel('I approved this, and it is the right company').check();
  await page.getByRole('button', { name: 'Activate Onify in Fortnox' }).click();
  await page.waitForSelector('body[data-ended]');
  await take(page, '6-refused');
}

/** What the program's own page shows in the end: `activate` of the command line, run against the Hub. */
async function shootProgram(context, { apiUrl, token }, take) {
  const { PATH = '' } = process.env;
  const env = { PATH, NO_COLOR: '1', ONIFY_API_URL: apiUrl, ONIFY_API_TOKEN: token };
  const argv = [join(root, 'dist/cli.js'), 'activate', '--no-browser'];
  const program = spawn(process.execPath, argv, { env, stdio: ['pipe', 'ignore', 'pipe'] });
  const ended = once(program, 'exit');
  let said = '';
  for await (const text of program.stderr.setEncoding('utf8')) {
    said += text;
    if (said.includes('Waiting for')) {
      break;
    }
  }
  const page = await context.newPage();
  await page.goto(/http\S+\/oauth-v1\/auth\?\S+/.exec(said)[0]);
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('heading', { name: 'Fortnox is connected' }).waitFor();
  await take(page, '7-program');
  await ended;
}

/** What a modeler shows while someone draws. */
async function shootModeler(browser) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 520 } });
  const xml = readFileSync(join(root, 'flows/fortnox-connection-status.bpmn'), 'utf8');
  await takePicture(page, xml, join(others, 'modeler.png'));
  process.stdout.write('modeler.png\n');
}

const resourcesDir = mkdtempSync(join(tmpdir(), 'pictures-'));
const sandbox = await hub(resourcesDir);
const browser = await launch(chromium);
for (const folder of [activation, others]) {
  mkdirSync(folder, { recursive: true });
}
try {
  const context = await browser.newContext({
    viewport: { width: 760, height: 640 },
    colorScheme: 'light',
  });
  context.setDefaultTimeout(15_000);
  // A picture of one step shows that step and what is around it; without a place it shows the whole page.
  const take = async (page, name, place) => {
    const path = join(activation, `${name}.png`);
    if (place) {
      await place.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    }
    const bottom = await page.evaluate(
      'Math.ceil(document.querySelector("main").getBoundingClientRect().bottom) + 24',
    );
    const clip = { x: 0, y: 0, width: 760, height: bottom };
    await page.screenshot(place ? { path } : { path, fullPage: true, clip });
    process.stdout.write(`${name}.png\n`);
  };
  const server = await nowhere(2022);
  const hasStatus = sandbox.workflows().has('fortnox-connection-status');
  await shoot(context, { appUrl: sandbox.appUrl, hasStatus }, take);
  await new Promise((resolve) => server.close(resolve));
  await shootProgram(context, sandbox, take);
  await shootModeler(browser);
} finally {
  await browser.close();
  await sandbox.stop();
  rmSync(resourcesDir, { recursive: true, force: true });
}
