import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { folder } from '../support/folder.js';
import { hub } from '../support/hub.js';
import { cli } from '../support/run-cli.js';

/** Notes in a file what the program asks of the file system: each flush and each rename, with its path. */
const hook = (notes: string) => `
import fs, { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { openSync, fsyncSync, renameSync } = fs;
const paths = new Map();
const note = (...words) => appendFileSync(${JSON.stringify(notes)}, JSON.stringify(words) + '\\n');
fs.openSync = (path, ...rest) => {
  const descriptor = openSync(path, ...rest);
  paths.set(descriptor, path);
  return descriptor;
};
fs.fsyncSync = (descriptor) => {
  fsyncSync(descriptor);
  note('flush', paths.get(descriptor));
};
fs.renameSync = (from, to) => {
  renameSync(from, to);
  note('rename', to, from);
};
syncBuiltinESMExports();`;

// Windows opens no folder, so only the files are flushed there.
const FOLDERS = process.platform !== 'win32';

test('each file is flushed to the disk before it takes its name, and its folder after', async () => {
  const { env } = await hub();
  const [notes, module] = [join(folder(), 'notes'), join(folder(), 'hook.mjs')];
  writeFileSync(module, hook(notes));
  const NODE_OPTIONS = `--import=${pathToFileURL(module)}`;
  expect(await cli(['install'], { env: { ...env, NODE_OPTIONS } })).toMatchObject({ code: 0 });
  const asked: [string, string, string?][] = readFileSync(notes, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const renamed = asked.filter(([what]) => what === 'rename').map(([, to]) => basename(to));
  expect(renamed).toContain('fortnox-refresh-access-token.bpmn');
  expect(renamed.at(-1)).toBe('fortnox-blueprint.json');
  for (const [at, [what, to, from = '']] of asked.entries()) {
    if (what === 'rename') {
      expect(asked.slice(0, at)).toContainEqual(['flush', from]);
      if (FOLDERS) {
        expect(asked.slice(at + 1)).toContainEqual(['flush', dirname(to)]);
      }
    }
  }
});
