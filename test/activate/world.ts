import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PassThrough } from 'node:stream';
import { freePort } from '../../sandbox/net/server.js';
import { REGISTERED, type Sandbox, startSandbox } from '../../sandbox/sandbox.js';
import type { CommandInput, CommandResult } from '../../src/commands/command.js';
import type { Context } from '../../src/core/context.js';
import { runCommand, testContext } from '../support/context.js';
import { said } from '../support/said.js';

const root = join(import.meta.dirname, '..', '..');
const TOKEN_SETTING = '_fortnox_access_token';

/** An embedded Hub that holds the blueprint, and a redirect URI on a free port that the stand-in knows. */
export interface World {
  readonly sandbox: Sandbox;
  readonly port: number;
  readonly redirectUri: string;
  readonly clientSecret: string;
  /** The value of the stored token, as it lies in the Hub. */
  stored(): Record<string, unknown>;
  store(value: unknown): void;
  /** Runs of a flow so far. */
  runsOf(flow: string): number;
  stop(): Promise<void>;
}

/** Starts it; `redirectUris` are known to the stand-in as well. */
export async function startWorld(redirectUris: readonly string[] = []): Promise<World> {
  const port = await freePort();
  const redirectUri = `http://localhost:${port}`;
  const resourcesDir = mkdtempSync(join(tmpdir(), 'activate-'));
  for (const [from, to] of [
    ['flows', 'flows'],
    ['forms', 'forms'],
    ['resources', '.'],
  ] as const) {
    cpSync(join(root, from), join(resourcesDir, to), { recursive: true });
  }
  const sandbox = await startSandbox({
    resourcesDir,
    redirectUris: [redirectUri, ...redirectUris],
  });
  sandbox.config().import(JSON.parse(readFileSync(join(root, 'config.json'), 'utf8')));
  const write = (key: string, value: string, type: string) => {
    const fields = {
      name: key.slice(1),
      value,
      type,
      tag: ['fortnox'],
      role: ['admin'],
      category: 'custom',
    };
    const settings = sandbox.settings();
    if (settings.get(key)) {
      settings.put(key, fields);
    } else {
      settings.post({ key, ...fields });
    }
  };
  write('_fortnox_app_clientid', REGISTERED.id, 'string');
  write('_fortnox_app_clientsecret', REGISTERED.secret, 'password');
  write(TOKEN_SETTING, '{}', 'object');
  return {
    sandbox,
    port,
    redirectUri,
    clientSecret: REGISTERED.secret,
    stored: () => JSON.parse(String(sandbox.settings().get(TOKEN_SETTING)?.value)),
    store: (value) => write(TOKEN_SETTING, JSON.stringify(value), 'object'),
    runsOf: (flow) => sandbox.workflows().processes.filter(({ key }) => key === flow).length,
    stop: async () => {
      await sandbox.stop();
      rmSync(resourcesDir, { recursive: true, force: true });
    },
  };
}

/** How a command ended, as the program shows it. */
interface Ended {
  readonly exitCode: number;
  /** The error's code; null on success. */
  readonly error: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What stderr says, wherever its lines break. */
  readonly said: string;
  /** The result's JSON, or what was thrown. */
  readonly json: Record<string, unknown>;
}

/** A command that runs, with a person's hands on it. */
export interface Running {
  readonly ended: Promise<Ended>;
  readonly stdin: PassThrough;
  /** What is on stderr when a pattern first appears there. */
  says(pattern: RegExp): Promise<string>;
  interrupt(): void;
}

/** What a command is started with. */
export interface Start {
  readonly options?: CommandInput['options'];
  readonly env?: Record<string, string>;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** Starts a command in this process, with streams, a clock and an environment of its own. */
export function start(
  world: World,
  command: (input: CommandInput, context: Context) => Promise<CommandResult>,
  { options = {}, env = {}, json = false, verbose = false }: Start = {},
): Running {
  const context = testContext({
    env: { ONIFY_API_URL: world.sandbox.apiUrl, ONIFY_API_TOKEN: world.sandbox.token, ...env },
    cwd: tmpdir(),
    packageRoot: root,
    json,
    verbose,
  });
  const finish = async (): Promise<Ended> => {
    const { exitCode, json: document, lines, error } = await runCommand(command, options, context);
    if (error) {
      const { code, message, hint } = error;
      context.output.failure(message, hint, { error: { code, message, hint, exitCode } });
    } else {
      context.output.result(lines, document);
    }
    const stderr = context.stderr();
    return {
      exitCode,
      error: error?.code ?? null,
      stdout: context.stdout(),
      stderr,
      said: said(stderr),
      json: error ? { code: error.code, message: error.message, hint: error.hint } : document,
    };
  };
  const { stdin, says, interrupt } = context;
  return { ended: finish(), stdin, says, interrupt };
}

/** The activation URL in what was printed. */
export function urlIn(text: string): string {
  const [url] = /^https?:\/\/\S+\/oauth-v1\/auth\?\S+$/m.exec(text) ?? [];
  if (!url) {
    throw new Error(`No activation URL in: ${text}`);
  }
  return url;
}

/**
 * Decides on the stand-in's page as a system administrator with a browser.
 *
 * @returns the address that Fortnox leads to, not yet opened
 */
export async function decide(
  url: string,
  decision: 'approve' | 'refuse' = 'approve',
): Promise<string> {
  const shown = await fetch(url, { redirect: 'manual' });
  const page = await shown.text();
  const early = shown.headers.get('location');
  if (early !== null) {
    return early;
  }
  const fields = new URLSearchParams({ decision });
  for (const [, name = '', value = ''] of page.matchAll(/name="(\w+)" value="([^"]*)"/g)) {
    if (name !== 'decision') {
      fields.set(name, value.replaceAll('&amp;', '&'));
    }
  }
  const answer = await fetch(new URL('/oauth-v1/auth', url), {
    method: 'POST',
    body: fields,
    redirect: 'manual',
  });
  const location = answer.headers.get('location');
  if (location === null) {
    throw new Error(`The stand-in did not lead back: ${await answer.text()}`);
  }
  return location;
}
