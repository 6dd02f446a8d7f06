import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { folder } from '../support/folder.js';
import { hub } from '../support/hub.js';
import { cli } from '../support/run-cli.js';
import { rowOf } from './fates.js';
import { lines, ROOT } from './lines.js';

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** The ways in which the documents start the embedded Hub, each once. */
const starts = [
  ...new Set(
    lines
      .filter((line) => 'sandbox' in (rowOf(line)?.fate ?? {}))
      .map(({ text }) => text.replace(/^npm run sandbox( -- )?/, '')),
  ),
];

describe('given the embedded Hub, each way in which the documents start it', () => {
  test('is found', () => {
    expect(starts.length).toBeGreaterThan(5);
    expect(scripts.sandbox).toBe('node build/sandbox/main.js');
  });

  test.each(starts)(
    'npm run sandbox -- %s: it is ready, and ends when it is told to',
    async (text) => {
      const cwd = folder();
      if (text.includes('--like')) {
        const { env } = await hub();
        for (const name of ['profile.json', 'hub.json']) {
          await cli(['doctor', '--profile', name], { env, cwd });
        }
      }
      const words = [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, a, b]) => a ?? b ?? '');
      // Ports and folders of its own, so that it is in nobody's way here.
      const own = ['--port', '0', '--app-port', '0', '--json'];
      const argv = [join(ROOT, 'build/sandbox/main.js'), ...words, ...own];
      const child = spawn(process.execPath, argv, { cwd });
      onTestFinished(() => {
        child.kill('SIGKILL');
      });
      let failure = '';
      child.stderr.on('data', (chunk) => {
        failure += chunk;
      });
      const ended = once(child, 'exit');
      const [first] = await Promise.race([once(child.stdout, 'data'), ended]);
      expect(JSON.parse(String(first)), failure).toMatchObject({ apiUrl: expect.any(String) });
      child.kill('SIGTERM');
      const [code] = await ended;
      // Windows has no such signal: there it is ended at once.
      expect(code).toBe(process.platform === 'win32' ? null : 0);
    },
  );
});
