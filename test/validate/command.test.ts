import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isWindows } from '../support/platform.js';
import { cli } from '../support/run-cli.js';
import { blueprintFolder } from './blueprint.js';

const ROOT = join(import.meta.dirname, '../..');
const unowned = {
  'config.json': '{ "workflow": [{ "key": "x", "bpmnresource": "/flows/x.bpmn" }] }',
};
const warned = { 'config.json': '{ "form": [], "colours": [] }' };

describe('validate', () => {
  test('finds nothing wrong with the blueprint that is shipped, strictly', async () => {
    const { code, stdout } = await cli(['validate', '--strict']);
    expect(stdout).toMatch(/^\d+ files checked: nothing wrong\.\nRecognised: [\s\S]+\.\n$/);
    expect(code).toBe(0);
  });

  test('shows findings with place, rule and what to do, and ends with exit code 3', async () => {
    const { code, stdout } = await cli(['validate', blueprintFolder(unowned)]);
    expect(stdout).toMatchInlineSnapshot(`
      "config.json
        config.json:1:16  warning  config-role
          The workflow x has no role, so everyone may start it. Name who may in
          "role".
        config.json:1:30  error  reference-missing
          The workflow x names /flows/x.bpmn: there is no such file here.

      1 file checked: 1 error, 1 warning.
      Recognised: config.json.
      "
    `);
    expect(code).toBe(3);
  });

  test('lets warnings pass', async () => {
    const { code, stdout } = await cli(['validate', blueprintFolder(warned)]);
    expect(stdout).toContain('colours is not a collection');
    expect(code).toBe(0);
  });

  test('counts them with --strict', async () => {
    expect((await cli(['validate', blueprintFolder(warned), '--strict'])).code).toBe(3);
  });

  test('is asked for once: --json and another format end it', async () => {
    const argv = ['validate', blueprintFolder(warned), '--json', '--format', 'github'];
    const { code, stdout } = await cli(argv);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'format_twice' } });
    expect((await cli([...argv.slice(0, 4), 'json'])).code).toBe(0);
  });

  test('says of the whole blueprint that there was no time to read any of it', async () => {
    const { stdout, code } = await cli([
      'validate',
      blueprintFolder(warned),
      '--max-seconds',
      '0.01',
    ]);
    expect(stdout).toMatch(/^the blueprint\n {2}the blueprint {2}error {2}file-slow\n/);
    expect(stdout).toContain('stopped before a file');
    expect(stdout).not.toContain('Recognised');
    expect(code).toBe(3);
  });

  test('prints annotations for GitHub', async () => {
    const { stdout } = await cli(['validate', blueprintFolder(warned), '--format', 'github']);
    expect(stdout).toMatch(/^::warning file=config\.json,title=config-unknown,line=1,col=\d+::\S/);
  });

  test('tells all findings in its JSON', async () => {
    const { stdout } = await cli(['validate', blueprintFolder(unowned), '--json']);
    const document = JSON.parse(stdout);
    expect(document).toMatchObject({
      command: 'validate',
      ok: false,
      files: 1,
      errors: 1,
      warnings: [],
    });
    expect(document.findings).toHaveLength(2);
  });
});

test.skipIf(isWindows)('Ctrl-C ends it between two files, with exit code 130', async () => {
  const refresh = readFileSync(join(ROOT, 'flows/fortnox-refresh-access-token.bpmn'), 'utf8');
  const files = Object.fromEntries(
    Array.from({ length: 600 }, (_, at) => [`flows/x${at}.bpmn`, refresh]),
  );
  const child = spawn(process.execPath, [
    join(ROOT, 'dist/cli.js'),
    'validate',
    blueprintFolder(files),
  ]);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  setTimeout(() => child.kill('SIGINT'), 700);
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(130);
  expect(printed).toContain('Error: Interrupted.\nRun the command again when you are ready.\n');
});

describe('what is checked', () => {
  test.each<[string, string[], string | undefined, RegExp]>([
    ['the folder that is named', ['sub'], undefined, /Checking the blueprint in sub\./],
    ['the current folder', [], 'sub', /Checking the blueprint in the current folder\./],
    ['this package elsewhere', [], '.', /Checking the blueprint of this package, version \d/],
  ])('is %s, and is named', async (_name, argv, from = '.', said) => {
    const folder = blueprintFolder({ 'sub/config.json': '{ "form": [], "colours": [] }' });
    const ended = await cli(['validate', ...argv], { cwd: join(folder, from) });
    expect(ended.said).toMatch(said);
    expect(ended.code).toBe(0);
  });

  test.each([
    ['github', 'GITHUB_WORKSPACE', /file=([^,]+),/],
    ['gitlab', 'CI_PROJECT_DIR', /"path":"([^"]+)"/],
    ['azure', 'BUILD_SOURCESDIRECTORY', /sourcepath=([^;]+);/],
    ['sarif', 'GITHUB_WORKSPACE', /"uri":"([^"]+)"/],
  ])('has paths from the root of the repository, as %s', async (format, variable, path) => {
    const folder = blueprintFolder({ 'a/b/config.json': warned['config.json'] });
    const argv = ['validate', '.', '--format', format];
    const cwd = join(folder, 'a/b');
    const annotated = async (env: Record<string, string>) =>
      path.exec((await cli(argv, { cwd, env })).stdout)?.[1];
    expect(await annotated({ [variable]: folder })).toBe('a/b/config.json');
    expect(await annotated({ [variable]: join(folder, 'elsewhere') })).toBe('config.json');
    expect(await annotated({})).toBe('config.json');
  });
});

describe('rules', () => {
  const strict = {
    ...warned,
    'package.json': '{ "fortnoxBlueprint": { "rules": { "config-unknown": "error" } } }',
  };

  test("are set by the blueprint's package.json", async () => {
    expect((await cli(['validate', blueprintFolder(strict)])).code).toBe(3);
  });

  test('are not, with --no-package-rules', async () => {
    expect((await cli(['validate', blueprintFolder(strict), '--no-package-rules'])).code).toBe(0);
  });

  test.each<[string[], number]>([
    [[], 0],
    [['--package-rules'], 3],
  ])('count in CI only with --package-rules: %j', async (argv, expected) => {
    const ended = await cli(['validate', blueprintFolder(strict), ...argv], {
      env: { CI: 'true' },
    });
    expect(ended.code).toBe(expected);
    expect(/1 rule setting .* is off in CI/.test(ended.said)).toBe(expected === 0);
  });

  test('are set by --rule before that', async () => {
    expect(
      (await cli(['validate', blueprintFolder(strict), '--rule', 'config-unknown=off'])).code,
    ).toBe(0);
  });

  test('that are unknown are exit code 2, with the one that was meant', async () => {
    const { code, said } = await cli(['validate', '--rule', 'config-unknwon=off']);
    expect(code).toBe(2);
    expect(said).toContain('Did you mean config-unknown?');
  });
});

describe('what stands in a file', () => {
  const evil = '\u001b[31mred\u0007\u009b31m';

  test.each(['pretty', 'json', 'github', 'gitlab', 'sarif', 'azure'])(
    'brings no control character to the terminal, as %s',
    async (format) => {
      const files = {
        'config.json': JSON.stringify({ [evil]: [] }),
        [`flows/${evil}.bpmn`]: '<a>',
      };
      const { stdout, stderr } = await cli([
        'validate',
        blueprintFolder(files),
        '--format',
        format,
      ]);
      expect(stdout).toContain('red');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    },
  );

  test('a secret is not repeated by the finding that tells of it', async () => {
    const secret = 'hunter22-canary';
    const files = { 'scripts/x.js': `const password = '${secret}';\nnext(null, password);\n` };
    const { stdout, stderr } = await cli(['validate', blueprintFolder(files)]);
    expect(stdout).toContain('secret-literal');
    expect(stdout + stderr).not.toContain(secret);
  });
});
