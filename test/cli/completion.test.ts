import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../support/folder.js';
import { cli } from '../support/run-cli.js';

test('bash completes commands and options with it', async () => {
  const { stdout } = await cli(['completion', 'bash']);
  const file = join(folder(), 'completion');
  writeFileSync(file, stdout);
  const complete = (...words: string[]) =>
    execFileSync(
      'bash',
      [
        '-c',
        `source ${file}; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _fortnox_blueprint; echo "\${COMPREPLY[@]}"`,
      ],
      { encoding: 'utf8' },
    ).trim();
  expect(complete('fortnox-blueprint', 'ins')).toBe('install');
  expect(complete('fortnox-blueprint', 'install', '--dry')).toBe('--dry-run');
});

test.each(['zsh', 'fish'])('%s gets every command', async (shell) => {
  const { code, stdout } = await cli(['completion', shell]);
  expect(code).toBe(0);
  for (const command of ['install', 'activate', 'status', 'refresh', 'validate']) {
    expect(stdout).toContain(command);
  }
});

test('for an unknown shell it names those that there are', async () => {
  const { code, stderr } = await cli(['completion', 'tcsh']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/that shell[\s\S]*bash, zsh, fish/);
});
