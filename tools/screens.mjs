// Takes the pictures of what `doctor` prints at 80 columns, on a healthy Hub and on a broken one, in headless Chromium.
//
//   npm run screens [-- --out DIR]      after npm run build; CHROMIUM=/path/to/chromium names a browser
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findChromium, launch } from '../build/sandbox/app/chromium.js';
import { REGISTERED, startSandbox } from '../build/sandbox/sandbox.js';

const COLUMNS = 80;
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values } = parseArgs({
  options: { out: { type: 'string', default: join(root, 'docs/doctor') } },
});
const chromium = findChromium();
if (!chromium) {
  process.stderr.write(
    'No Chromium found. Install it (Debian: apt-get install chromium), or set CHROMIUM.\n',
  );
  process.exit(2);
}

/** Runs the program. @returns what a terminal shows of it, as HTML */
function screen(argv, env, stdin = '') {
  return new Promise((resolve) => {
    const settings = { PATH: process.env.PATH, COLUMNS, ...env };
    const child = execFile(
      process.execPath,
      [join(root, 'dist/cli.js'), ...argv],
      { env: settings },
      (error, stdout, stderr) => {
        const command = `$ fortnox-blueprint ${argv.join(' ')}\n`;
        // A progress line is gone once the next one comes.
        const notes = stderr.split('\n').filter((line) => /^Hub:|Warning/.test(line));
        const text = [...notes, stdout].join('\n');
        resolve(`${command}${text}[exit code ${error?.code ?? 0}]`);
      },
    );
    child.stdin.end(stdin);
  });
}

const html = (text) => `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; background: #1e1e1e }
  pre { margin: 0; padding: 20px 24px; width: ${COLUMNS}ch; display: inline-block; color: #d4d4d4;
        font: 14px/1.4 'DejaVu Sans Mono', 'Liberation Mono', Menlo, Consolas, monospace }
</style><pre>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</pre>`;

/** What differs from run to run, in place of it. */
const settled = (text) =>
  text
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'http://localhost:8181')
    .replace(/Answers in \d+ ms/, 'Answers in 12 ms')
    .replace(/\/\S*doctor-pictures-\w+/g, '/srv/onify/resources');

const folder = mkdtempSync(join(tmpdir(), 'doctor-pictures-'));
const environmentOf = (sandbox) => ({
  ONIFY_API_URL: sandbox.apiUrl,
  ONIFY_APP_URL: sandbox.appUrl,
  ONIFY_API_TOKEN: sandbox.token,
  ONIFY_RESOURCES_DIR: sandbox.resourcesDir,
  FORTNOX_APP_CLIENTSECRET: REGISTERED.secret,
});

async function healthy() {
  const sandbox = await startSandbox();
  const env = environmentOf(sandbox);
  await screen(['install'], env);
  const scope = 'customer invoice';
  const redirect = REGISTERED.redirectUris[0];
  const code = sandbox.fortnox.approve(
    REGISTERED.id,
    redirect,
    scope,
    true,
    sandbox.fortnox.company(),
  );
  await screen(['activate', '--code', '-'], env, code);
  const shown = await screen(['doctor', '--try-writes'], env);
  await sandbox.stop();
  return shown;
}

/** A directory that is not there, and a token that is no administrator's. */
async function broken() {
  const sandbox = await startSandbox();
  const env = {
    ...environmentOf(sandbox),
    ONIFY_API_TOKEN: sandbox.userToken,
    ONIFY_RESOURCES_DIR: join(folder, 'nowhere'),
  };
  const shown = await screen(['doctor', '--try-writes'], env);
  await sandbox.stop();
  return shown;
}

const browser = await launch(chromium);
mkdirSync(values.out, { recursive: true });
try {
  const context = await browser.newContext({ deviceScaleFactor: 1 });
  for (const [name, show] of [
    ['healthy', healthy],
    ['broken', broken],
  ]) {
    const page = await context.newPage();
    await page.setContent(html(settled(await show())));
    await page.locator('pre').screenshot({ path: join(values.out, `${name}.png`) });
    process.stdout.write(`${name}.png\n`);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
