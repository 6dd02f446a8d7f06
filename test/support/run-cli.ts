import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  REGISTERED,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../sandbox/sandbox.js';
import { said } from './said.js';

const CLI = join(import.meta.dirname, '../../dist/cli.js');

/** A process that has ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What stderr says, wherever its lines break. */
  readonly said: string;
}

/** How a process is run. */
export interface Given {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly stdin?: string;
  /** In place of the built program. */
  readonly program?: string;
  /** Called with all that was printed so far, at every piece; returns true to send Ctrl-C. */
  readonly interruptWhen?: (printed: string) => boolean;
}

/** Runs the built program as a process of its own; nothing of this process's environment but the path reaches it. */
export function cli(argv: readonly string[], given: Given = {}): Promise<Ended> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [given.program ?? CLI, ...argv], {
    cwd: given.cwd ?? folder(),
    env: { PATH, ...given.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  let isInterrupted = false;
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk: Buffer) => {
      printed[name] += chunk.toString();
      // Once: a signal that comes when the process is at its end would kill it.
      if (!isInterrupted && given.interruptWhen?.(printed.stdout + printed.stderr)) {
        isInterrupted = true;
        child.kill('SIGINT');
      }
    });
  }
  child.stdin.on('error', () => undefined);
  child.stdin.end(given.stdin ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...printed, said: said(printed.stderr) }));
  });
}

/** A new temporary folder, removed when the test ends. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'fortnox-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** An embedded Hub for one test, and the environment that leads the program to it. */
export async function hub(
  options: SandboxOptions = {},
): Promise<{ sandbox: Sandbox; env: Record<string, string> }> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.stop());
  const env = {
    ONIFY_API_URL: sandbox.apiUrl,
    ONIFY_API_TOKEN: sandbox.token,
    ONIFY_RESOURCES_DIR: sandbox.resourcesDir,
    FORTNOX_APP_CLIENTSECRET: REGISTERED.secret,
  };
  return { sandbox, env };
}

/** A Hub that the blueprint is installed in already, by the program itself. */
export async function installedHub(options: SandboxOptions = {}): ReturnType<typeof hub> {
  const started = await hub(options);
  const installed = await cli(['install'], { env: started.env });
  if (installed.code !== 0) {
    throw new Error(installed.stderr);
  }
  return started;
}

/** Approves at the stand-in as a system administrator does. @returns a code */
export function consent(sandbox: Sandbox): string {
  return sandbox.fortnox.approve(REGISTERED.id, 'http://localhost:2022', 'customer invoice', true);
}

/** A Hub that is connected to Fortnox as well. */
export async function connectedHub(options: SandboxOptions = {}): ReturnType<typeof hub> {
  const started = await installedHub(options);
  const activated = await cli(['activate', '--code', '-'], {
    env: started.env,
    stdin: consent(started.sandbox),
  });
  if (activated.code !== 0) {
    throw new Error(activated.stderr);
  }
  return started;
}

/** The token that is stored in the Hub. */
export function storedToken(sandbox: Sandbox): Record<string, unknown> {
  return JSON.parse(String(sandbox.settings().get('_fortnox_access_token')?.value));
}
