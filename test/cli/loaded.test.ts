import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '../support/folder.js';
import { installedHub } from '../support/hub.js';
import { cli } from '../support/run-cli.js';

/** What Node and the program have loaded in the end, by the names of Node's own modules and the paths of files. */
async function loadedBy(argv: readonly string[], env: Record<string, string>): Promise<string[]> {
  const hook = join(folder(), 'loaded.cjs');
  writeFileSync(
    hook,
    `process.on('exit', () => {
      const files = Object.keys(require('node:module')._cache);
      process.stderr.write('LOADED ' + JSON.stringify([...process.moduleLoadList, ...files]));
    });`,
  );
  const { stderr } = await cli(argv, { env: { ...env, NODE_OPTIONS: `--require=${hook}` } });
  return JSON.parse(/LOADED (.*)/.exec(stderr)?.[1] ?? '[]');
}

test.each([
  [['status', '--json']],
  [['install', '--json']],
  [['install', '--dry-run', '--timeout', '20']],
])(
  '%j loads neither a parser of command lines nor HTTP/2 nor the whole of undici',
  async (argv) => {
    const { env } = await installedHub();
    const loaded = (await loadedBy(argv, env)).map((name) => name.replaceAll('\\', '/'));
    expect(loaded).toContain('NativeModule http');
    expect(loaded.some((name) => name.endsWith('/undici/lib/dispatcher/agent.js'))).toBe(true);
    const tooMuch = /^NativeModule (http2|child_process)$|\/(undici\/index|commander\/index)\.js$/;
    expect(loaded.filter((name) => tooMuch.test(name))).toEqual([]);
  },
);

test('through a proxy the whole of undici is loaded, so that this can tell', async () => {
  const { env } = await installedHub();
  const proxied = { ...env, HTTP_PROXY: 'http://localhost:1', NO_PROXY: '*' };
  const loaded = await loadedBy(['status', '--json'], proxied);
  expect(loaded.some((name) => name.replaceAll('\\', '/').endsWith('/undici/index.js'))).toBe(true);
});
