import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRules } from '../../src/blueprint/rules.js';
import { validate } from '../../src/lib/validate.js';
import type * as published from '../../types/validate.js';
import { blueprintFolder, flow } from '../validate/blueprint.js';
import { projectWithPackage } from './packed.js';

const page = readFileSync(join(import.meta.dirname, '../../docs/validation.md'), 'utf8');
const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
const sound = {
  'flows/order-it.bpmn': flow({
    id: 'order-it',
    body: '    <bpmn:startEvent id="asked" />\n    <bpmn:endEvent id="done" />',
    ways: ['asked->done'],
  }),
  'config.json': JSON.stringify({
    workflow: [{ key: 'order-it', bpmnresource: '/flows/order-it.bpmn', role: ['user'] }],
  }),
};
const broken = { ...sound, 'flows/order-it.bpmn': '<bpmn:definitions' };

/** The example that the page has in a file of a name. */
function example(name: string): string {
  const [, code] = new RegExp(`\`\`\`js\\n(// ${name}\\n[\\s\\S]+?)\`\`\``).exec(page) ?? [];
  return code ?? expect.fail(`docs/validation.md has no ${name}`);
}

describe('in a project that has the package', () => {
  test.each([
    ['mocha', 'test/blueprint.test.mjs', ['mocha/bin/mocha.js', 'test/blueprint.test.mjs']],
    ['vitest', 'test/blueprint.test.js', ['vitest/vitest.mjs', 'run', '--no-cache']],
  ])('the example for %s passes a sound blueprint and fails a broken one', (_name, file, run) => {
    const project = projectWithPackage();
    const [program = '', ...argv] = run;
    const exit = (files: Readonly<Record<string, string>>) => {
      for (const [path, text] of Object.entries({ ...files, [file]: example(file) })) {
        mkdirSync(join(project, path, '..'), { recursive: true });
        writeFileSync(join(project, path), text);
      }
      const { VITEST: _, ...env } = process.env;
      const module = join(project, 'node_modules', program);
      return spawnSync(process.execPath, [module, ...argv], {
        cwd: project,
        encoding: 'utf8',
        env,
      });
    };
    const passed = exit(sound);
    expect(passed.status, passed.stdout + passed.stderr).toBe(0);
    const failed = exit(broken);
    expect(failed.status).not.toBe(0);
    expect(failed.stdout + failed.stderr).toContain('xml-readable');
  });

  test('an example has five lines besides its imports', () => {
    for (const name of ['test/blueprint.test.mjs', 'test/blueprint.test.js']) {
      const lines = example(name).split('\n');
      const own = lines.filter((line) => line !== '' && !/^(\/\/|import )/.test(line));
      expect(own.length).toBeLessThanOrEqual(5);
    }
  });

  test('the program and package.json are there as before, and nothing else is', () => {
    const project = projectWithPackage();
    const source = `
      import manifest from 'fortnox-blueprint/package.json' with { type: 'json' };
      const failed = await import('fortnox-blueprint/dist/cli.js').catch(({ code }) => code);
      process.stdout.write([manifest.version, failed].join(' '));`;
    const run = (...argv: string[]) =>
      spawnSync(process.execPath, argv, { cwd: project, encoding: 'utf8' }).stdout;
    expect(run('--input-type=module', '-e', source)).toBe(
      `${manifest.version} ERR_PACKAGE_PATH_NOT_EXPORTED`,
    );
    const bin = join(project, 'node_modules/fortnox-blueprint', manifest.bin['fortnox-blueprint']);
    expect(run(bin, '--version')).toBe(`${manifest.version}\n`);
  });
});

describe('validate', () => {
  test('is what its published types say', async () => {
    const typed: typeof published.validate = validate;
    const report: published.ValidationReport = await typed(blueprintFolder(sound));
    expect(report).toMatchObject({ findings: [], errors: 0, warnings: 0, files: 2 });
    expect(report.recognised).toContain('1 flow');
  });

  test('takes rules, before those of the package.json', async () => {
    const settings = { fortnoxBlueprint: { rules: { 'config-unknown': 'error' } } };
    const root = blueprintFolder({
      'config.json': '{ "form": [], "colours": [] }',
      'package.json': JSON.stringify(settings),
    });
    expect(await validate(root)).toMatchObject({ errors: 1 });
    expect(await validate(root, { packageRules: false })).toMatchObject({ errors: 0, warnings: 1 });
    expect(await validate(root, { rules: { 'config-unknown': 'off' } })).toMatchObject({
      findings: [],
    });
  });

  test('knows the rules of this package, and throws for one that is none', async () => {
    const [own] = packageRules;
    const root = blueprintFolder(sound);
    expect(await validate(root, { rules: { [own?.id ?? '']: 'off' } })).toMatchObject({
      errors: 0,
    });
    await expect(validate(root, { rules: { nonsense: 'off' } })).rejects.toMatchObject({
      code: 'rule_unknown',
      hint: expect.stringContaining('docs/rules.md'),
    });
  });

  test('throws for a folder without a blueprint', async () => {
    await expect(validate(blueprintFolder({}))).rejects.toMatchObject({
      code: 'blueprint_missing',
    });
  });
});

test('the hook for pre-commit runs the program that the package has, as the page says', () => {
  const hook = readFileSync(join(import.meta.dirname, '../../.pre-commit-hooks.yaml'), 'utf8');
  const [, id = ''] = /^- id: (\S+)$/m.exec(hook) ?? [];
  const [, program = '', command] = /^ {2}entry: (\S+) (\S+)$/m.exec(hook) ?? [];
  expect(page).toContain(`- id: ${id}\n`);
  expect(manifest.bin).toHaveProperty(program);
  expect(command).toBe('validate');
  expect(hook).toContain('language: node');
  expect(hook).toContain('pass_filenames: false');
});
