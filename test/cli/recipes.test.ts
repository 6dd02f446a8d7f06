import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { folder } from '../support/folder.js';

const ROOT = join(import.meta.dirname, '../..');
const NAME = 'fortnox-blueprint';
const page = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const run = promisify(execFile);

/** What the jobs of the page run: the line that leaves the checkout, and the program behind it. */
const recipes = [
  ...new Set(
    [...page.matchAll(/(cd "\$\(mktemp -d\)")\n\s*(?:- )?(npx .+)/g)].map(
      ([, cd, npx]) => `${cd}\n${npx}`,
    ),
  ),
];

let registry: string;
let stop: () => void;
let strayRequests = 0;

/** A registry that has the package, in which a program stands that notes how it was run. */
beforeAll(async () => {
  const source = mkdtempSync(join(tmpdir(), 'recipes-'));
  const manifest = { name: NAME, version, bin: { [NAME]: 'bin.js' } };
  writeFileSync(join(source, 'package.json'), JSON.stringify(manifest));
  const program =
    "require('node:fs').appendFileSync(process.env.RAN, `genuine ${process.argv.slice(2).join(' ')}\\n`)";
  writeFileSync(join(source, 'bin.js'), `#!/usr/bin/env node\n${program}\n`);
  const file = execFileSync('npm', ['pack', '--silent'], { cwd: source, encoding: 'utf8' }).trim();
  const tarball = readFileSync(join(source, file));
  rmSync(source, { recursive: true });
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const server = createServer((request, response) => {
    if (request.url === '/tarball.tgz') {
      response.end(tarball);
      return;
    }
    if (request.url !== `/${NAME}`) {
      strayRequests += request.url?.startsWith('/bent') ? 1 : 0;
      response.writeHead(404).end('{}');
      return;
    }
    const dist = { tarball: `${registry}tarball.tgz`, integrity };
    const versions = { [version]: { ...manifest, dist } };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name: NAME, 'dist-tags': { latest: version }, versions }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  registry = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  stop = () => server.close();
});
afterAll(() => stop());

/** What an outsider's pull request may hold; each notes it where it gets its way. */
const bends: Readonly<Record<string, (checkout: string) => void>> = {
  'a program in node_modules/.bin': (checkout) => {
    mkdirSync(join(checkout, 'node_modules/.bin'), { recursive: true });
    bent(join(checkout, 'node_modules/.bin', NAME));
  },
  'a package of the same name': (checkout) => {
    const manifest = { name: NAME, version, bin: { [NAME]: 'bent.sh' } };
    writeFileSync(join(checkout, 'package.json'), JSON.stringify(manifest));
    bent(join(checkout, 'bent.sh'));
  },
  'an .npmrc that names a registry': (checkout) => {
    writeFileSync(join(checkout, '.npmrc'), `registry=${registry}bent/\n`);
  },
};

function bent(file: string): void {
  writeFileSync(file, '#!/bin/sh\necho bent >> "$RAN"\n');
  chmodSync(file, 0o755);
}

/** Runs a job's script in a checkout; answers which program ran, and how. */
async function ran(script: string, bend: (checkout: string) => void): Promise<string> {
  const checkout = folder();
  bend(checkout);
  const home = folder();
  writeFileSync(
    join(home, '.npmrc'),
    `registry=${registry}\nfund=false\naudit=false\nupdate-notifier=false\nfetch-retries=0\n`,
  );
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    TMPDIR: folder(),
    RAN: join(home, 'ran'),
    GITHUB_WORKSPACE: checkout,
    CI_PROJECT_DIR: checkout,
    RUNNER_TEMP: home,
    BUILD_SOURCESDIRECTORY: checkout,
  };
  await run('bash', ['-c', script], { cwd: checkout, env }).catch(() => undefined);
  const said = existsSync(env.RAN) ? readFileSync(env.RAN, 'utf8').trim() : '';
  return said.replaceAll(checkout, 'CHECKOUT');
}

test('the page names one version, the one that it comes with', () => {
  const named = page.match(/fortnox-blueprint@[\w.-]+/g) ?? [];
  expect(new Set(named)).toEqual(new Set([`${NAME}@${version}`]));
  expect(page.match(/\bnpx\b[^\n]*fortnox-blueprint(?!@)/g)).toBeNull();
  expect(recipes.length).toBeGreaterThanOrEqual(6);
});

test('the page names actions by their hash, and keeps no credentials where nothing is pushed', () => {
  for (const [, reference = ''] of page.matchAll(/uses: [\w/-]+@(\S+)/g)) {
    expect(reference).toMatch(/^[0-9a-f]{40}$/);
  }
  expect(page).toContain('persist-credentials: false');
  expect(page).toContain('persistCredentials: false');
});

test.each(['github', 'sarif', 'gitlab', 'azure'])(
  'a job of the page uses --format %s',
  (format) => {
    expect(recipes.filter((script) => script.includes(` --format ${format}`))).toHaveLength(1);
  },
);

describe.skipIf(process.platform === 'win32')('given a checkout with', () => {
  const cases = Object.entries(bends);

  test.each(cases)(
    '%s, a line that stays in it is bent, so that this can tell',
    async (_name, bend) => {
      const before = strayRequests;
      const said = await ran(`npx --yes ${NAME} validate .`, bend);
      expect(said === 'bent' || strayRequests > before).toBe(true);
    },
  );

  test.each(
    cases.flatMap(([name, bend]) => recipes.map((script) => [name, script, bend] as const)),
  )('%s, %j runs the package', async (_name, script, bend) => {
    const before = strayRequests;
    const [, argv = ''] = /@\S+ ([^|>]+)/.exec(script) ?? [];
    const expected = argv.trim().replace(/"\$\w+"/, 'CHECKOUT');
    expect(await ran(script, bend)).toBe(`genuine ${expected}`);
    expect(strayRequests).toBe(before);
  });
});
