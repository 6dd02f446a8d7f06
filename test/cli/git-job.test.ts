import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { folder } from '../support/folder.js';
import { hub } from '../support/hub.js';

const ROOT = join(import.meta.dirname, '../..');
const page = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
const section = page.slice(page.indexOf('## A Hub that takes'), page.indexOf('## Kubernetes'));
const shell = promisify(execFile);

/** The commands of the job's steps, by the steps' names. */
const steps = [...section.matchAll(/- name: (.+)\n\s+run: \|\n((?: {10}.+\n)+)/g)].map(
  ([, name = '', script = '']) => ({ name, script }),
);

/** A repository with a branch that a Hub follows, and a checkout of it. */
async function repository() {
  const { sandbox, env } = await hub({ modes: { git: 'synced' } });
  const [bare, checkout, bin] = [join(folder(), 'hub.git'), join(folder(), 'checkout'), folder()];
  const git = (...argv: string[]) => execFileSync('git', argv, { encoding: 'utf8', stdio: 'pipe' });
  git('init', '-q', '--bare', '-b', 'main', bare);
  git('clone', '-q', bare, checkout);
  const as = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  git('-C', checkout, 'checkout', '-q', '-b', 'main');
  git('-C', checkout, ...as, 'commit', '-q', '--allow-empty', '-m', 'Begin');
  git('-C', checkout, 'push', '-q', '-u', 'origin', 'main');
  const head = () => git('--git-dir', bare, 'rev-parse', 'main').trim();
  let synced = head();
  // The Hub looks for what is new, as a Git-synced one does.
  const syncing = setInterval(() => {
    if (head() !== synced) {
      synced = head();
      git('--git-dir', bare, '--work-tree', sandbox.resourcesDir, 'checkout', '-qf', 'main');
      sandbox.syncResources();
    }
  }, 500);
  onTestFinished(() => clearInterval(syncing));
  // What npx would fetch is what was built here.
  const npx = join(bin, 'npx');
  const program = join(ROOT, 'dist/cli.js');
  writeFileSync(npx, `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(npx, 0o755);
  const { ONIFY_RESOURCES_DIR: _, ...rest } = env;
  const path = `${bin}:${process.env.PATH}`;
  const job = { ...rest, PATH: path, CI: 'true', HOME: folder(), GITHUB_WORKSPACE: checkout };
  const run = async () => {
    for (const { name, script } of steps) {
      await shell('bash', ['-e', '-c', script], { cwd: checkout, env: job }).catch((error) => {
        throw new Error(`${name}: ${error.stdout}${error.stderr}`);
      });
    }
  };
  const isSynced = () => head() === synced;
  return {
    sandbox,
    run,
    isSynced,
    commits: () => git('--git-dir', bare, 'log', '--format=%s', 'main'),
  };
}

test('the page has every step of the job', () => {
  expect(steps.map(({ name }) => name)).toEqual([
    'Look at the Hub before',
    'Write the settings and the files',
    'Commit and push the files',
    'Wait for the sync, then import and verify',
    'Commit and push the install record',
    'Look at the Hub after',
  ]);
});

const hasGit = process.platform !== 'win32' && spawnSync('git', ['--version']).status === 0;
const reason = hasGit ? '' : ' (skipped: there is no Git)';

test.skipIf(!hasGit)(
  `the job installs into a Hub that syncs from Git, and a second run of it commits nothing${reason}`,
  async () => {
    const { sandbox, run, isSynced, commits } = await repository();
    await run();
    expect(sandbox.config().list('workflow')).toHaveLength(6);
    expect(sandbox.config().get('form', 'fortnox-activate')).toBeDefined();
    const first = commits();
    expect(first).toMatch(/Update the Fortnox blueprint/);
    await expect.poll(isSynced).toBe(true);
    await run();
    expect(commits()).toBe(first);
  },
);
