import { existsSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder } from '../support/folder.js';
import { cli } from '../support/run-cli.js';
import { blueprintFolder } from '../validate/blueprint.js';
import { script } from '../validate/table/build.js';

const BASELINE = '.onifylint-baseline.json';
const CI = { CI: 'true' };
const ASKS = "content.url = 'http://files.example.com/';\n";

/** A blueprint whose script, besides what is right, holds this. */
function blueprint(text: string, more: Readonly<Record<string, string>> = {}): string {
  const files = { ...script(`${text}next();\n`), ...more };
  return blueprintFolder(files as Parameters<typeof blueprintFolder>[0]);
}

async function found(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { code, stdout, said } = await cli(['validate', ...argv, '--strict', '--json'], { env });
  const { findings = [], ...document } = JSON.parse(stdout);
  const rules = findings.map(({ rule }: { rule: string }) => rule);
  return { code, said, rules, document };
}

describe('a baseline', () => {
  test('is written with exit code 0, and it is said how many findings it holds', async () => {
    const root = blueprint(ASKS);
    const { code, stdout } = await cli(['validate', root, '--write-baseline', '--strict']);
    expect(stdout).toBe(`Wrote 1 finding to ${BASELINE}. From now on only new ones count.\n`);
    expect(code).toBe(0);
    expect(readFileSync(join(root, BASELINE), 'utf8')).toMatch(
      /^\{\n {2}"version": 1,\n {2}"findings": \[\n {4}\{"file":"scripts\/x\.js","rule":"script-http","source":"[\da-f]{12}","message":".+"\}\n {2}\]\n\}\n$/,
    );
  });

  test('in the folder counts by itself: old findings do not count, new ones do', async () => {
    const root = blueprint(ASKS);
    await cli(['validate', root, '--write-baseline']);
    expect(await found([root])).toMatchObject({
      code: 0,
      rules: [],
      document: { ok: true, errors: 0, silenced: 1, gone: 0 },
    });
    writeFileSync(join(root, 'scripts/x.js'), `\n\n${ASKS}console.log(1);\nnext();\n`);
    expect(await found([root])).toMatchObject({ code: 3, rules: ['script-console'] });
  });

  test('tells how many findings are gone', async () => {
    const root = blueprint(ASKS);
    await cli(['validate', root, '--write-baseline']);
    writeFileSync(join(root, 'scripts/x.js'), 'next();\n');
    const { code, document } = await found([root]);
    expect(document).toMatchObject({
      gone: 1,
      warnings: ['1 finding of the baseline is gone: write it again with --write-baseline.'],
    });
    expect(code).toBe(0);
  });

  test('elsewhere is named with --baseline, from the current folder', async () => {
    const root = blueprint(ASKS);
    const cwd = folder();
    await cli(['validate', root, '--write-baseline', '--baseline', 'old.json'], { cwd });
    expect(existsSync(join(root, BASELINE))).toBe(false);
    const argv = ['validate', root, '--strict', '--baseline', 'old.json'];
    expect((await cli(argv, { cwd })).code).toBe(0);
  });

  test('in the folder does not count in CI, unless it is named or let count', async () => {
    const root = blueprint(ASKS);
    await cli(['validate', root, '--write-baseline']);
    const alone = await found([root], CI);
    expect(alone.code).toBe(3);
    expect(alone.said).toContain(`${BASELINE} does not count in CI; name it with --baseline`);
    expect((await found([root, '--baseline', join(root, BASELINE)], CI)).code).toBe(0);
    expect((await found([root, '--package-rules'], CI)).code).toBe(0);
    expect((await found([root, '--no-package-rules'])).code).toBe(3);
  });

  test('replaces a link to another file, and leaves that file alone', async () => {
    const root = blueprint(ASKS);
    const other = join(folder(), 'other.json');
    writeFileSync(other, 'untouched');
    symlinkSync(other, join(root, BASELINE));
    expect((await cli(['validate', root, '--write-baseline'])).code).toBe(0);
    expect(readFileSync(other, 'utf8')).toBe('untouched');
    expect(lstatSync(join(root, BASELINE)).isFile()).toBe(true);
  });

  test.each<[string, string | undefined, string]>([
    ['is missing', undefined, 'there is no such file'],
    ['is not JSON', '{', 'it is not valid JSON'],
    ['is another document', '{ "findings": [] }', 'its version must be 1'],
  ])('that %s ends it with exit code 2', async (_case, text, reason) => {
    const path = join(folder(), 'old.json');
    if (text === undefined) {
      rmSync(path, { force: true });
    } else {
      writeFileSync(path, text);
    }
    const { code, document } = await found([blueprint(ASKS), '--baseline', path]);
    expect(code).toBe(2);
    expect(document.error).toMatchObject({
      code: 'baseline_unreadable',
      message: expect.stringContaining(reason),
    });
  });

  test('that can not be written ends it with exit code 2', async () => {
    const path = join(folder(), 'no-such-folder/old.json');
    const { code, document } = await found([
      blueprint(ASKS),
      '--write-baseline',
      '--baseline',
      path,
    ]);
    expect(code).toBe(2);
    expect(document.error.code).toBe('baseline_not_written');
  });

  test('is not written into this package where there is no blueprint', async () => {
    const { code, document } = await found(['--write-baseline']);
    expect(code).toBe(2);
    expect(document.error.code).toBe('baseline_not_written');
  });
});

describe('a comment', () => {
  const silenced = `// onify-ignore script-http: a test server\n${ASKS}`;

  test('silences a finding, and it is said how many', async () => {
    const { code, stdout } = await cli(['validate', blueprint(silenced), '--strict']);
    expect(stdout).toContain('\nNot counted: 1 finding silenced by a comment.\n');
    expect(code).toBe(0);
  });

  test('does not in CI, which is said, but for --package-rules', async () => {
    const root = blueprint(silenced);
    const { code, rules, document } = await found([root], CI);
    expect(document.warnings).toEqual([
      '1 onify-ignore comment is not heeded in CI; --package-rules lets them count.',
    ]);
    expect(rules).toEqual(['script-http']);
    expect(code).toBe(3);
    expect((await found([root, '--package-rules'], CI)).code).toBe(0);
  });

  test('that is written in CI does not count there, which is said', async () => {
    const root = blueprint(ASKS);
    const { code, said } = await cli(['validate', root, '--write-baseline'], { env: CI });
    expect(said).toContain(`${BASELINE} does not count in CI; name it with --baseline`);
    expect(code).toBe(0);
    const named = ['validate', root, '--write-baseline', '--baseline', join(root, BASELINE)];
    expect((await cli(named, { env: CI })).said).not.toContain('does not count');
  });
});

describe('.onifylint.json', () => {
  const off = { '.onifylint.json': '{ "rules": { "script-http": "off" } }' };

  test('sets rules; --rule comes before it', async () => {
    const root = blueprint(ASKS, off);
    expect((await found([root])).code).toBe(0);
    expect((await found([root, '--rule', 'script-http=error'])).code).toBe(3);
  });

  test("counts, and not the package.json's rules where both are there", async () => {
    const rules = '{ "fortnoxBlueprint": { "rules": { "script-http": "error" } } }';
    const { code, said } = await found([blueprint(ASKS, { ...off, 'package.json': rules })]);
    expect(said).toContain('.onifylint.json counts');
    expect(code).toBe(0);
  });

  test('does not count in CI, which is said, but for --package-rules', async () => {
    const root = blueprint(ASKS, off);
    const { code, said } = await found([root], CI);
    expect(said).toContain('The rule settings of .onifylint.json are off in CI');
    expect(code).toBe(3);
    expect((await found([root, '--package-rules'], CI)).code).toBe(0);
  });

  test('that is invalid ends it with exit code 2 and its place', async () => {
    const { code, document } = await found([
      blueprint(ASKS, { '.onifylint.json': '{\n  "rules": { "script-http": "never" }\n}' }),
    ]);
    expect(code).toBe(2);
    expect(document.error).toMatchObject({
      code: 'lint_file_invalid',
      message: '.onifylint.json:2:14: script-http must be "error", "warning" or "off".',
    });
  });
});
