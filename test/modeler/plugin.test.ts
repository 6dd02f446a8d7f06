import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { BpmnModdle } from 'bpmn-moddle';
import { Linter } from 'bpmnlint';
import NodeResolver from 'bpmnlint/lib/resolver/node-resolver.js';
import compileConfig from 'bpmnlint/lib/support/compile-config.js';
import { describe, expect, test } from 'vitest';
import { configs, linting, resolver, ruleFactories } from '../../src/validate/modeler/index.js';
import { lintDefinitions } from '../../src/validate/modeler/lint.js';
import { UNREADABLE } from '../../src/validate/modeler/rules.js';
import type * as published from '../../types/bpmnlint.js';
import { projectWithPackage } from '../package/packed.js';
import { callingFlow, input } from '../validate/blueprint.js';

const ROOT = join(import.meta.dirname, '../..');
const PLUGIN = 'bpmnlint-plugin-fortnox-blueprint';
const sound = callingFlow(input('url', 'https://example.com'));
const broken = sound.replace('>httpRequest<', '>httpRequests<');
const flows = readdirSync(join(ROOT, 'flows')).map(
  (name) => [name, readFileSync(join(ROOT, 'flows', name), 'utf8')] as const,
);
const page = readFileSync(join(ROOT, 'docs/validation.md'), 'utf8');

async function opened(source: string) {
  return (await new BpmnModdle().fromXML(source)).rootElement;
}

describe("with bpmnlint's own program, in a project that has the package under the plugin's name", () => {
  const bpmnlint = (config: string, source: string) => {
    const project = projectWithPackage([PLUGIN]);
    writeFileSync(join(project, '.bpmnlintrc'), config);
    writeFileSync(join(project, 'flow.bpmn'), source);
    const program = join(ROOT, 'node_modules/bpmnlint/bin/bpmnlint.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'flow.bpmn'], {
      cwd: project,
      encoding: 'utf8',
    });
    return { status, printed: stdout + stderr };
  };
  const [, config = ''] = /```json\n(\{ "extends"[^\n]+\})\n```/.exec(page) ?? [];

  test('a sound flow passes, with the configuration of the page', () => {
    expect(bpmnlint(config, sound)).toEqual({ status: 0, printed: '\n' });
  });

  test('a broken one fails with our rule at the element', () => {
    const { status, printed } = bpmnlint(config, broken);
    expect(status).toBe(1);
    expect(printed).toMatch(
      /call +error +The Hub has no connector httpRequests\..+fortnox-blueprint\/connector-unknown/,
    );
    expect(printed).not.toContain('Warning:');
  });

  test('a rule can be set, and warnings count as errors where the rule set is strict', () => {
    const off = { 'fortnox-blueprint/connector-unknown': 'off' };
    const extending = 'plugin:fortnox-blueprint/recommended';
    expect(bpmnlint(JSON.stringify({ extends: extending, rules: off }), broken).status).toBe(0);
    const plain = callingFlow(input('url', 'http://api.example.com'));
    expect(bpmnlint(config, plain).printed).toMatch(/warning .+connector-http/);
    const strict = JSON.stringify({ extends: 'plugin:fortnox-blueprint/strict' });
    expect(bpmnlint(strict, plain).printed).toMatch(/error .+connector-http/);
  });

  test('what packs a configuration for a browser finds every rule', async () => {
    const project = projectWithPackage([PLUGIN]);
    const require = createRequire(join(project, 'package.json'));
    const packed = await compileConfig(JSON.parse(config), new NodeResolver({ require }));
    const imports = [...packed.matchAll(/^import \w+ from '([^']+)'/gm)].map(
      ([, path = '']) => path,
    );
    expect(imports).toHaveLength(Object.keys(configs.recommended.rules).length);
    for (const path of imports) {
      expect(require(path)).toBeTypeOf('function');
    }
  });
});

describe('in a browser, where no folder of packages is at hand', () => {
  test('the linter runs the rules with the resolver of the package', async () => {
    const linter = new Linter(linting);
    expect(await linter.lint(await opened(sound))).toEqual({});
    const reports = await linter.lint(await opened(broken));
    expect(Object.keys(reports)).toEqual(['fortnox-blueprint/connector-unknown']);
    expect(reports['fortnox-blueprint/connector-unknown']).toMatchObject([{ id: 'call' }]);
  });

  test('a diagram is looked at anew after it was drawn on', async () => {
    const linter = new Linter(linting);
    const definitions = await opened(sound);
    expect(await linter.lint(definitions)).toEqual({});
    const [process] = definitions.rootElements as { id: string; isExecutable: boolean }[];
    Object.assign(process ?? {}, { isExecutable: false });
    expect(Object.keys(await linter.lint(definitions))).toEqual([
      'fortnox-blueprint/process-executable',
    ]);
  });

  test('a package, a rule or a rule set that is not there is said', () => {
    expect(() => resolver.resolveRule(PLUGIN, 'nonsense')).toThrow('has no rule');
    expect(() => resolver.resolveRule('bpmnlint', 'connector-url')).toThrow('has no rule');
    expect(() => resolver.resolveConfig(PLUGIN, 'nonsense')).toThrow('has no config');
  });

  test('nothing of Node is needed', async () => {
    const { rolldown } = await import('rolldown');
    const entry = join(ROOT, 'dist/validate/modeler/index.js');
    const bundle = await rolldown({ input: entry, platform: 'browser', logLevel: 'silent' });
    const { output } = await bundle.generate({ format: 'iife', name: 'plugin' });
    await bundle.close();
    // A new context has what the language has, and of Node nothing.
    const packed = runInNewContext(`${output[0].code}\nplugin`, { queueMicrotask });
    const reports = await new Linter(packed.linting).lint(await opened(broken));
    expect(Object.keys(reports)).toEqual(['fortnox-blueprint/connector-unknown']);
  });
});

test('the published types are those of the code', () => {
  const typed: typeof published = { configs, linting, resolver, ruleFactories };
  expect(Object.keys(typed.configs)).toEqual(['recommended', 'strict']);
});

test('a rule that the modeler has not got is named on the page', () => {
  for (const id of UNREADABLE) {
    expect(page).toContain(`\`${id}\``);
    expect(ruleFactories).not.toHaveProperty(id);
  }
});

test.each(flows)('%s, which is shipped, is told nothing', async (_name, source) => {
  const told = [...lintDefinitions(await opened(source))].filter(
    ([, reports]) => reports.length > 0,
  );
  expect(told).toEqual([]);
});

test.each(flows)('%s takes less than 100 ms of CPU while it is drawn on', async (_name, source) => {
  const definitions = await opened(source);
  const spent = Array.from({ length: 9 }, () => {
    const before = process.cpuUsage();
    lintDefinitions(definitions);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  expect(spent.sort((a, b) => a - b)[4]).toBeLessThan(100);
});
