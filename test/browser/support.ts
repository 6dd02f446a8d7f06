import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { findChromium, launch } from '../../sandbox/app/chromium.js';
import { freePort } from '../../sandbox/net/server.js';
import {
  REGISTERED,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../sandbox/sandbox.js';
import { watch } from './watch.js';

const root = join(import.meta.dirname, '../..');

const CHROMIUM = findChromium();

let browser: Browser | undefined;

/** Starts one Chromium for the tests of a file, with a profile that is new and empty. */
export function useBrowser(): void {
  beforeAll(async () => {
    if (CHROMIUM) {
      browser = await launch(CHROMIUM);
    }
  });
  afterAll(async () => {
    await browser?.close();
  });
}

/** A test that needs a Chromium: without one it fails in CI, and elsewhere is left out, with the reason in its name. */
export function inBrowser(name: string, body: () => Promise<void>): void {
  if (CHROMIUM) {
    test(name, body);
  } else if (process.env.CI) {
    test(name, () => {
      throw new Error('There is no Chromium. Install it (Debian: apt-get install chromium).');
    });
  } else {
    test.skip(`${name} (left out: no Chromium here; install it, or set CHROMIUM)`);
  }
}

/** @returns an empty page, closed when the test ends; there a JavaScript error is a failure */
export async function emptyPage(): Promise<Page> {
  if (!browser) {
    throw new Error('useBrowser() is missing.');
  }
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  onTestFinished(async () => {
    await page.close();
    expect(errors).toEqual([]);
  });
  return page;
}

/** An embedded Hub with the blueprint, and a browser before it. */
export interface Stage {
  readonly sandbox: Sandbox;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Registered for the app at the stand-in; nothing answers there. */
  readonly redirectUri: string;
  /** The addresses on it that the browser was led to, the last one last. */
  readonly redirects: readonly string[];
  readonly formUrl: string;
  /** The stored token. */
  token(): Record<string, unknown>;
}

/** How a stage is set up. */
export interface StageOptions extends SandboxOptions {
  readonly width?: number;
}

/**
 * Sets up a stage for one test. When the test ends, everything that the browser did is looked through: no JavaScript
 * error, no request to any other host, no token and no secret anywhere.
 */
export async function stage({ width = 900, ...options }: StageOptions = {}): Promise<Stage> {
  const redirectUri = `http://localhost:${await freePort()}`;
  const resourcesDir = installed();
  const sandbox = await startSandbox({
    resourcesDir,
    redirectUris: [redirectUri],
    ...options,
  });
  fill(sandbox);
  if (!browser) {
    throw new Error('useBrowser() is missing.');
  }
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  context.setDefaultTimeout(1_800_000);
  const redirects: string[] = [];
  context.on('request', (request) => {
    if (request.url().startsWith(redirectUri)) {
      redirects.push(request.url());
    }
  });
  const token = () =>
    JSON.parse(String(sandbox.settings().get('_fortnox_access_token')?.value)) as Record<
      string,
      unknown
    >;
  const secrets = () => [
    REGISTERED.secret,
    sandbox.token.replace('Bearer ', ''),
    ...[token().access_token, token().refresh_token].filter((text) => typeof text === 'string'),
  ];
  const seen = watch(context, [sandbox.appUrl, sandbox.fortnoxUrl, redirectUri], secrets);
  onTestFinished(async () => {
    try {
      expect(await seen()).toEqual([]);
    } finally {
      await context.close();
      await sandbox.stop();
      rmSync(resourcesDir, { recursive: true, force: true });
    }
  });
  const page = await context.newPage();
  const formUrl = `${sandbox.appUrl}/form/fortnox-activate`;
  return { sandbox, context, page, redirectUri, redirects, formUrl, token };
}

/** Stores a token as this blueprint does, of another company than the one that a person approves for. */
export function storeToken({ sandbox }: Stage, changes: Record<string, unknown> = {}): void {
  const time = new Date(sandbox.clock.now()).toISOString();
  const token = {
    access_token: 'access-token-of-the-other',
    refresh_token: 'refresh-token-of-the-other',
    scope: 'customer',
    token_type: 'bearer',
    expires_in: 3600,
    timestamp: time,
    refresh_token_timestamp: time,
    tenant_id: '111111',
    ...changes,
  };
  const setting = sandbox.settings().get('_fortnox_access_token');
  sandbox.settings().put('_fortnox_access_token', { ...setting, value: JSON.stringify(token) });
}

/** @returns a folder with the blueprint's files, as a Hub has them in its resources */
function installed(): string {
  const folder = mkdtempSync(join(tmpdir(), 'browser-'));
  for (const [from, to] of [
    ['flows', 'flows'],
    ['forms', 'forms'],
    ['resources', '.'],
  ] as const) {
    cpSync(join(root, from), join(folder, to), { recursive: true });
  }
  mkdirSync(join(folder, 'flows'), { recursive: true });
  return folder;
}

function fill(sandbox: Sandbox): void {
  sandbox.config().import(JSON.parse(readFileSync(join(root, 'config.json'), 'utf8')));
  for (const [key, value, type] of [
    ['_fortnox_app_clientid', REGISTERED.id, 'string'],
    ['_fortnox_app_clientsecret', REGISTERED.secret, 'password'],
    ['_fortnox_access_token', '{}', 'object'],
  ] as const) {
    const fields = { name: key.slice(1), value, type, tag: ['fortnox'], role: ['admin'] };
    sandbox.settings().post({ key, ...fields, category: 'custom' });
  }
}
