import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../support/folder.js';
import { hub } from '../support/hub.js';
import { cli } from '../support/run-cli.js';

const root = join(import.meta.dirname, '../..');

/** A copy of the package, as npm would have installed it, that can be damaged. */
function copy(): string {
  const path = folder(join(root, 'build'));
  for (const part of ['dist', 'flows', 'forms', 'resources', 'config.json', 'package.json']) {
    cpSync(join(root, part), join(path, part), { recursive: true });
  }
  return path;
}

test.each<[string, (path: string) => void]>([
  ['config.json is cut off', (path) => writeFileSync(join(path, 'config.json'), '{"form":')],
  ['a flow is missing', (path) => rmSync(join(path, 'flows/fortnox-refresh-access-token.bpmn'))],
  [
    'a script is broken',
    (path) => writeFileSync(join(path, 'resources/scripts/fortnox/explain.js'), 'next('),
  ],
  ['a folder is missing', (path) => rmSync(join(path, 'forms'), { recursive: true })],
])(
  'given a copy of the package in which %s, nothing is written, and what to do is said',
  async (_name, damage) => {
    const { sandbox, env } = await hub();
    const path = copy();
    damage(path);
    const ended = await cli(['install'], { env, program: join(path, 'dist/cli.js') });
    expect(ended.code).toBe(2);
    expect(ended.said).toMatch(/copy of the blueprint is damaged[\s\S]*install the package again/);
    expect(sandbox.faults.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
  },
);
