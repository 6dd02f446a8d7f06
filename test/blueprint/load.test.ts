import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { digestOf, loadBlueprint } from '../../src/blueprint/load.js';
import { settingSpecs } from '../../src/blueprint/manifest.js';
import { folder } from '../support/folder.js';

/** A package with these files. */
function packageWith(files: Record<string, string>): string {
  const root = folder();
  for (const part of ['flows', 'forms', 'resources']) {
    mkdirSync(join(root, part));
  }
  for (const [name, text] of Object.entries({ 'config.json': '{}', ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

describe('given a package', () => {
  test('its files are read to where they lie in the Hub, what others refer to first', () => {
    const root = packageWith({
      'forms/f.pug': 'form',
      'flows/a.bpmn': 'flow',
      'resources/scripts/x/s.js': 'script',
      'resources/top.txt': 'top',
    });
    expect(loadBlueprint(root).files.map(({ path }) => path)).toEqual([
      '/scripts/x/s.js',
      '/top.txt',
      '/flows/a.bpmn',
      '/forms/f.pug',
    ]);
  });

  test('content and digest are those of the bytes', () => {
    const root = packageWith({ 'flows/a.bpmn': 'Åäö\r\n' });
    const [file] = loadBlueprint(root).files;
    expect(file?.content).toEqual(Buffer.from('Åäö\r\n'));
    expect(file?.digest).toBe(digestOf(Buffer.from('Åäö\r\n')));
  });

  test("an editor's hidden files are not shipped", () => {
    const root = packageWith({ 'flows/.DS_Store': '', 'flows/.a.swp': '', 'flows/a.bpmn': '' });
    expect(loadBlueprint(root).files.map(({ path }) => path)).toEqual(['/flows/a.bpmn']);
  });

  test('its config keeps fields that nobody here knows', () => {
    const root = packageWith({ 'config.json': '{"workflow":[{"key":"a","icon":"x"}]}' });
    expect(loadBlueprint(root).config).toEqual({ form: [], workflow: [{ key: 'a', icon: 'x' }] });
  });
});

describe('given this package', () => {
  const { files, config } = loadBlueprint(join(import.meta.dirname, '../..'));

  test('every file that config.json names is shipped', () => {
    const named = [
      ...config.workflow.map(({ bpmnresource }) => bpmnresource),
      ...config.form.flatMap(({ template }) => Object.values(template as Record<string, string>)),
    ];
    const shipped = new Set<unknown>(files.map(({ path }) => path));
    expect(named.filter((path) => !shipped.has(path))).toEqual([]);
  });

  test('its public names are those that other blueprints use', () => {
    expect(config.form.map(({ slug }) => slug)).toEqual(['fortnox-activate']);
    expect(config.workflow.map(({ key }) => key)).toEqual(
      expect.arrayContaining([
        'fortnox-generate-activation-url',
        'fortnox-generate-access-token',
        'fortnox-refresh-access-token',
      ]),
    );
    expect(settingSpecs.map(({ key }) => key)).toEqual([
      '_fortnox_app_clientid',
      '_fortnox_app_clientsecret',
      '_fortnox_access_token',
    ]);
  });

  test('only the client id is shown to browsers, and all of it is for admins', () => {
    const tagged = settingSpecs.filter(({ tag }) => tag.includes('frontend')).map(({ key }) => key);
    expect(tagged).toEqual(['_fortnox_app_clientid']);
    for (const { role } of [...settingSpecs, ...config.workflow, ...config.form]) {
      expect(role).toEqual(['admin']);
    }
  });
});
