import { execFile } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { folder } from '../support/folder.js';
import { rowOf } from './fates.js';
import { lines, ROOT } from './lines.js';

const run = promisify(execFile);

/** The scripts of this repository that end soon, each once: what is run, and the exit codes that are meant. */
const scripts = new Map(
  lines.flatMap((line) => {
    const fate = rowOf(line)?.fate;
    return fate && 'script' in fate
      ? [[fate.as?.(line.text) ?? line.text, fate.script] as const]
      : [];
  }),
);

/** A copy of this repository: what a script writes is not written here. */
function clone(): string {
  const to = folder();
  for (const name of readdirSync(ROOT)) {
    if (name === 'node_modules') {
      symlinkSync(join(ROOT, name), join(to, name), 'junction');
    } else if (!['.git', '.sandbox', 'test', 'bench'].includes(name)) {
      cpSync(join(ROOT, name), join(to, name), { recursive: true });
    }
  }
  return to;
}

describe('given a clone', () => {
  test('each script of the documents that ends soon ends as it should', async () => {
    const copy = clone();
    expect(scripts.size).toBeGreaterThan(6);
    for (const [line, codes] of scripts) {
      // npm is a script of its own on Windows, which only a shell runs.
      const ended = await run(line, { cwd: copy, shell: true }).then(
        () => 0,
        ({ code, stderr }) => (codes.includes(code) ? code : `${code} ${stderr}`),
      );
      expect(codes, `${line}: ${ended}`).toContain(ended);
    }
    // What is written anew is as it was.
    for (const file of ['docs/rules.md', 'schemas/install.json']) {
      expect(readFileSync(join(copy, file), 'utf8')).toBe(readFileSync(join(ROOT, file), 'utf8'));
    }
  });
});
