import { spawn } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from '../../sandbox/net/server.js';
import type { Sandbox, SandboxOptions } from '../../sandbox/sandbox.js';
import { begin, visit } from '../activate/fake-browser.js';
import { decide } from '../activate/world.js';
import { folder } from '../support/folder.js';
import { hub } from '../support/hub.js';
import { ROOT } from './lines.js';

/** How a script ended. */
interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  /** Both streams, as a terminal shows them. */
  readonly printed: string;
}

/** A shell of a person who reads a document: beside a Hub, in a folder of their own. */
export interface Shell {
  readonly sandbox: Sandbox;
  readonly cwd: string;
  /** Runs lines as they stand in a document; addresses and folders of the document become those of this Hub. */
  run(script: string): Promise<Ran>;
}

/** Whether documents can be walked here: what they show is for a POSIX shell. */
export const hasShell = process.platform !== 'win32';

/**
 * Opens a shell in which `npx` and `fortnox-blueprint` run what was built here, and where a person approves in Fortnox
 * whatever the program opens or prints.
 *
 * @param env more variables; an empty one is not set
 * @param options of the Hub
 */
export async function shell(
  env: Readonly<Record<string, string>> = {},
  options: SandboxOptions = {},
): Promise<Shell> {
  const redirectUri = `http://localhost:${await freePort()}`;
  const { sandbox, env: forHub } = await hub({ ...options, redirectUris: [redirectUri] });
  const bin = folder();
  const program = `"${process.execPath}" "${join(ROOT, 'dist/cli.js')}"`;
  script(
    join(bin, 'npx'),
    'while [ "${1#-}" != "$1" ]; do shift; done',
    'case "$1" in fortnox-blueprint|fortnox-blueprint@*) shift ;; *) exit 99 ;; esac',
    'exec fortnox-blueprint "$@"',
  );
  // The port of the documents may be in use here; the stand-in knows another one as well.
  script(
    join(bin, 'fortnox-blueprint'),
    `case "$*" in *--code*) ;; activate*) set -- "$@" --redirect-uri ${redirectUri} ;; esac`,
    `exec ${program} "$@"`,
  );
  const cwd = folder();
  const shellEnv = Object.fromEntries(
    Object.entries({
      ...forHub,
      HOME: folder(),
      // The person below reads along and needs no browser.
      BROWSER: '/bin/true',
      GIT_CONFIG_GLOBAL: join(bin, 'gitconfig'),
      ...env,
      PATH: `${bin}:${process.env.PATH}`,
    }).filter(([, value]) => value !== ''),
  );
  writeFileSync(join(bin, 'gitconfig'), '[user]\nname = a\nemail = a@example.com\n');
  const { ONIFY_RESOURCES_DIR: dir = sandbox.resourcesDir } = forHub;
  const here = (text: string) =>
    text
      .replaceAll(/https:\/\/hub\.example\.com:8181(\/api\/v2)?/g, (_, path = '') =>
        path === '' ? sandbox.apiUrl.replace('/api/v2', '') : sandbox.apiUrl,
      )
      .replaceAll('https://hub.example.com', sandbox.appUrl)
      .replaceAll('/srv/onify/resources', dir)
      .replaceAll('Bearer …', sandbox.token);
  return { sandbox, cwd, run: (text) => ran(here(text), { cwd, env: shellEnv, sandbox }) };
}

async function ran(
  text: string,
  { cwd, env, sandbox }: { cwd: string; env: Record<string, string>; sandbox: Sandbox },
): Promise<Ran> {
  const child = spawn('bash', ['-e', '-c', text], { cwd, env });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const said = { stdout: '', printed: '' };
  const answered = new Set<string>();
  const look = () => {
    for (const [line] of said.printed.matchAll(/^https?:\/\/(localhost|127)\S+(?=\n)/gm)) {
      if (!answered.has(line)) {
        answered.add(line);
        approve(line).catch((error) => child.emit('error', error));
      }
    }
  };
  child.stdout.on('data', (chunk: Buffer) => {
    said.stdout += chunk;
    said.printed += chunk;
    look();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.printed += chunk;
    look();
  });
  // The token is what is typed first; a person at a terminal does not close it then.
  child.stdin.write(`${sandbox.token}\n`);
  child.stdin.on('error', () => undefined);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, ...said };
}

/** Opens what the program shows, approves, and lets Fortnox lead back. */
async function approve(address: string): Promise<void> {
  if (address.includes('/oauth-v1/auth')) {
    await visit(await decide(address));
    return;
  }
  const { url, headers } = await begin(address);
  await visit(await decide(url), { headers });
}

function script(path: string, ...lines: string[]): void {
  writeFileSync(path, `#!/bin/sh\n${lines.join('\n')}\n`);
  chmodSync(path, 0o755);
}
