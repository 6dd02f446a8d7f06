import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { storedToken } from '../support/hub.js';
import { rowOf } from './fates.js';
import { blocksOf, ROOT } from './lines.js';
import { hasShell, type Shell, shell } from './shell.js';

/** What is not set: the document sets it. */
const UNSET = { ONIFY_API_URL: '', ONIFY_API_TOKEN: '', ONIFY_RESOURCES_DIR: '' };

/** The lines of a page that a walk runs, of some of its blocks or of all. */
function linesOf(page: string, blocks?: readonly number[]): string[] {
  return blocksOf(page)
    .filter(({ at }) => blocks?.includes(at) ?? true)
    .flatMap(({ at: block, lines }) => lines.map((text) => ({ page, text, block })))
    .filter((line) => 'walk' in (rowOf(line)?.fate ?? {}))
    .map(({ text }) => text);
}

async function walk({ run }: Shell, lines: readonly string[]): Promise<string> {
  expect(lines.length).toBeGreaterThan(0);
  const { code, printed } = await run(lines.join('\n'));
  expect(code, printed).toBe(0);
  return printed;
}

function copyBlueprint(to: string): void {
  for (const name of ['config.json', 'flows', 'forms', 'resources']) {
    cpSync(join(ROOT, name), join(to, name), { recursive: true });
  }
}

// What a whole page does takes its time on a machine that is busy.
const inShell = hasShell ? describe : describe.skip;
const reason = hasShell ? '' : ' (skipped: what documents show is for a POSIX shell)';

inShell(`who walks through a page gets where it says${reason}`, () => {
  test('README.md: from nothing to a Hub that is connected', async () => {
    const person = await shell(UNSET);
    const printed = await walk(person, linesOf('README.md', [1]));
    expect(printed).toContain('Fortnox is connected.');
    expect(storedToken(person.sandbox).access_token).toEqual(expect.any(String));
  });

  test('docs/activation.md: with a browser, and without one', async () => {
    const person = await shell({ ONIFY_API_TOKEN: '', ONIFY_API_URL: '' });
    await person.run('npx fortnox-blueprint install --api-url https://hub.example.com:8181');
    const before = [
      `export ONIFY_API_TOKEN='Bearer …'`,
      'export ONIFY_API_URL=https://hub.example.com:8181',
    ];
    await walk(person, [...before, 'npx fortnox-blueprint install']);
    const printed = await walk(person, linesOf('docs/activation.md'));
    expect(printed.match(/Fortnox is connected\./g)).toHaveLength(2);
  });

  test('docs/hubs.md: a mounted directory, then Helix alone', async () => {
    const person = await shell(UNSET);
    const printed = await walk(person, linesOf('docs/hubs.md', [0, 1, 3]));
    expect(printed.match(/Fortnox is connected\./g)).toHaveLength(3);
  });

  test('docs/hubs.md: Git', async () => {
    const person = await shell({}, { modes: { git: 'synced' } });
    const { sandbox } = person;
    const bare = join(person.cwd, 'hub.git');
    const git = (...argv: string[]) =>
      execFileSync('git', argv, { cwd: person.cwd, encoding: 'utf8', stdio: 'pipe' });
    git('init', '-q', '--bare', '-b', 'main', bare);
    // The Hub looks for what is new, as a Git-synced one does.
    const syncing = setInterval(() => {
      if (git('--git-dir', bare, 'branch').includes('main')) {
        git('--git-dir', bare, '--work-tree', sandbox.resourcesDir, 'checkout', '-qf', 'main');
        sandbox.syncResources();
      }
    }, 500);
    onTestFinished(() => clearInterval(syncing));
    const lines = linesOf('docs/hubs.md', [2]).map((line) =>
      line
        .replace('git@git.example.com:onify/resources.git', `"${bare}" resources`)
        // The first of them stops where the page says so.
        .replace(/blueprint install$/, 'blueprint install || [ $? -eq 7 ]'),
    );
    expect(await walk(person, lines)).toContain('Fortnox is connected.');
    expect(sandbox.config().list('workflow')).toHaveLength(6);
  });

  test('docs/upgrade.md: to another version, and back', async () => {
    const person = await shell();
    const printed = await walk(person, [
      ...linesOf('docs/upgrade.md', [0]).map((line) =>
        line.replace(/status$/, 'status || [ $? -eq 8 ]'),
      ),
      ...linesOf('docs/upgrade.md', [1]),
    ]);
    expect(printed).toContain('+++ b/flows/fortnox-refresh-access-token.bpmn');
    expect(printed).toContain('Nothing was written.');
  });

  test('docs/removal.md: what would go', async () => {
    const person = await shell();
    const printed = await walk(person, [
      'npx fortnox-blueprint install',
      ...linesOf('docs/removal.md'),
    ]);
    expect(printed).toContain('Next: fortnox-blueprint uninstall removes them.');
  });

  test('README.md and docs/validation.md: a blueprint is checked, and its findings are kept', async () => {
    const person = await shell({ ONIFY_API_TOKEN: '' });
    const isElsewhere = (line: string) => line.includes('path/to');
    const lines = linesOf('README.md', [3]);
    copyBlueprint(join(person.cwd, 'path/to/blueprint'));
    expect(await walk(person, lines.filter(isElsewhere))).toContain('files checked');
    rmSync(join(person.cwd, 'path'), { recursive: true });
    copyBlueprint(person.cwd);
    const printed = await walk(person, [
      'git init -q .',
      ...lines.filter((line) => !isElsewhere(line)),
      ...linesOf('docs/validation.md'),
    ]);
    expect(printed.match(/files checked/g)?.length).toBeGreaterThan(1);
    expect(readFileSync(join(person.cwd, '.onifylint-baseline.json'), 'utf8')).toContain(
      '"findings"',
    );
  });

  test('docs/first-hub.md: what is learnt is written down', async () => {
    const person = await shell();
    const lines = linesOf('docs/first-hub.md').map((line) =>
      // The web app's address is left out where the Hub has no form yet.
      line.replace(' --app-url https://hub.example.com', ''),
    );
    await walk(person, lines);
    const profile = JSON.parse(readFileSync(join(person.cwd, 'hub.json'), 'utf8'));
    expect(profile.settings.put).toBe('creates');
  });
});
