import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { completable } from '../../src/commands/completable.js';
import { commands } from '../../src/commands/index.js';
import { folder } from '../support/folder.js';
import { cli } from '../support/run-cli.js';

/** What a shell completes the last word to, with the printed script, in a folder with a file and a folder. */
async function completed(shell: string, script: (file: string) => string, argv: readonly string[]) {
  const { stdout } = await cli(['completion', shell]);
  const cwd = folder();
  mkdirSync(join(cwd, 'a-folder'));
  writeFileSync(join(cwd, 'a-file'), '');
  writeFileSync(join(cwd, 'completion.sh'), stdout);
  const printed = execFileSync(shell, [...argv, script('./completion.sh')], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: cwd, TERM: 'dumb' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return printed.split(/[\r\n]+/).filter((line) => line !== '');
}

const shells: Readonly<Record<string, (words: readonly string[]) => Promise<readonly string[]>>> = {
  bash: (words) => {
    const parts = words.flatMap((word) => word.split(/(?<==)|(?==)/));
    const list = [...parts, ...(words.at(-1) === '' ? [''] : [])].map((word) => `'${word}'`);
    const own = words.at(-1) === '' ? list.slice(0, -1) : list;
    const script = (file: string) =>
      `source ${file}; COMP_WORDS=(fortnox-blueprint ${own.join(' ')}); COMP_CWORD=${own.length}; _fortnox_blueprint; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return completed('bash', script, ['-c']);
  },
  // zsh completes only at a terminal: a small one inside it, in which each match is printed.
  zsh: (words) => {
    const line = ['fortnox-blueprint', ...words].join(' ');
    const script = (file: string) => `
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z 'PS1=; autoload -Uz compinit; compinit -u -D; source ${file}'
zpty -w z 'compadd() { local -a hits; builtin compadd -O hits "$@"; [[ -n $hits ]] && print -rl -- "HIT:"$^hits > /dev/stderr 2>>hits; builtin compadd "$@" }'
zpty -w z 'show() { exec 2>>hits; zle complete-word; exit }; zle -C complete-word complete-word _main_complete; zle -N show; bindkey "^I" show'
zpty -n -w z $'${line}\\t'
zpty -r z > /dev/null
while zpty -t z 2> /dev/null; do zpty -r z > /dev/null || break; done
sed -n 's/^HIT://p' hits`;
    return completed('zsh', script, ['-f', '-c']);
  },
  fish: async (words) => {
    const line = ['fortnox-blueprint', ...words].join(' ');
    const script = (file: string) => `source ${file}; complete -C '${line}'`;
    const said = await completed('fish', script, ['--no-config', '-c']);
    return said.map((text) => text.split('\t')[0] ?? '');
  },
};

describe.each(Object.entries(shells))('%s', (shell, complete) => {
  const isThere = spawnSync(shell, ['-c', 'exit']).status === 0;
  const run = isThere ? test : test.skip;
  const reason = isThere ? '' : ` (skipped: ${shell} is not installed)`;

  run.each<[string[], string[], string[]]>([
    [['ins'], ['install'], ['status']],
    [['install', '--dry'], ['--dry-run'], ['--json']],
    [['install', '--skip', ''], ['resources', 'settings', 'config'], ['a-file']],
    [['install', '--skip', 're'], ['resources'], ['settings']],
    [['completion', ''], ['bash', 'zsh', 'fish'], ['a-file']],
    [
      ['validate', '--format', ''],
      ['pretty', 'json', 'github', 'gitlab', 'sarif', 'azure'],
      ['a-file'],
    ],
    [['status', '--token-file', 'a-f'], ['a-file'], ['--json']],
    [['install', '--resources-dir', 'a-f'], ['a-folder'], ['a-file']],
    [['validate', 'a-f'], ['a-folder'], ['a-file']],
  ])(`completes %j to %j, not to %j${reason}`, async (words, expected, unexpected) => {
    const hits = (await complete(words)).map((hit) => hit.replace(/\/$/, ''));
    expect(hits).toEqual(expect.arrayContaining(expected));
    for (const hit of unexpected) {
      expect(hits).not.toContain(hit);
    }
  });
});

test('bash completes a value behind an equals sign', async () => {
  expect(await shells.bash?.(['install', '--skip=se'])).toEqual(['settings']);
});

test('the words for a value are read out of its description', () => {
  const all = commands.map(completable);
  const option = (command: string, flag: string) =>
    all.find(({ name }) => name === command)?.options.find((one) => one.flag === flag)?.values;
  expect(option('validate', '--format')).toEqual(
    expect.arrayContaining(['pretty', 'json', 'github', 'gitlab', 'sarif', 'azure']),
  );
  expect(option('install', '--skip')).toEqual(['resources', 'settings', 'config']);
  expect(option('install', '--wait')).toBe('text');
  expect(option('install', '--dry-run')).toBeUndefined();
  expect(all.find(({ name }) => name === 'completion')?.values).toEqual(['bash', 'zsh', 'fish']);
});

test('for an unknown shell it names those that there are', async () => {
  const { code, stderr } = await cli(['completion', 'tcsh']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/that shell[\s\S]*bash, zsh, fish/);
});
