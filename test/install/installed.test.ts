import { describe, expect, test } from 'vitest';
import { settingSpecs } from '../../src/blueprint/manifest.js';
import type { StoredSetting } from '../../src/hub/client.js';
import { type Change, makeChange } from '../../src/install/change.js';
import {
  compareInstalled,
  installedLines,
  isAbsent,
  readInstalled,
  versionInstalled,
} from '../../src/install/installed.js';
import { RECORD_PATH } from '../../src/install/record.js';
import { clientOf, type Seen, scripted } from '../hub/world.js';
import { HUB, recordOf, shipped, small, targetOf } from '../support/small-blueprint.js';

const VALUES = ['an-id', 'a-secret', {}];
const settings = new Map<string, StoredSetting>(
  settingSpecs.map(({ key, ...spec }, at) => [key, { ...spec, value: VALUES[at] }]),
);
const files = new Map(small.files.map(({ path, content }) => [path, content]));
files.set(RECORD_PATH, recordOf());
const asShipped = {
  settings,
  readFile: (path: string) => files.get(path),
  workflows: [{ key: 'flow', role: ['admin'] }],
  forms: [{ slug: 'form' }],
};
const actionsOf = (changes: readonly Change[]) =>
  Object.fromEntries(changes.map(({ id, action }) => [id, action]));

/** A Hub whose resources API shows files, or has none where undefined. */
async function hubThatShows(shown: Readonly<Record<string, string | undefined>> | undefined) {
  const answer = ({ path, query }: Seen) => {
    if (path.endsWith('/resources')) {
      const tree = Object.keys(shown ?? {}).map((file) => ({ path: file, type: 'file' }));
      return shown ? { body: tree } : { status: 404, body: {} };
    }
    const content = shown?.[query.path ?? ''];
    if (path.endsWith('/resources/file') && content !== undefined) {
      return { body: { content: Buffer.from(content).toString('base64') } };
    }
    if (path.endsWith('/settings')) {
      return { body: {} };
    }
    return path.includes('workflows') ? { body: { records: [] } } : { status: 404, body: {} };
  };
  const { url, seen } = await scripted(answer);
  return { hub: clientOf(url), seen };
}

describe('given what a Hub holds, when it is compared', () => {
  test('as shipped: nothing differs', () => {
    const changes = compareInstalled(small, asShipped, undefined);
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(['unchanged']));
    expect(changes).toHaveLength(7);
  });

  test("with another client id: it differs only where the company's own was named", () => {
    expect(actionsOf(compareInstalled(small, asShipped, 'another'))).toMatchObject({
      _fortnox_app_clientid: 'update',
    });
    expect(actionsOf(compareInstalled(small, asShipped, undefined))).toMatchObject({
      _fortnox_app_clientid: 'unchanged',
    });
  });

  test('with files that can not be read: they are unknown, and the rest is not', () => {
    const changes = compareInstalled(small, { ...asShipped, readFile: undefined }, undefined);
    expect(actionsOf(changes)).toMatchObject({
      '/flows/a.bpmn': 'unknown',
      '/scripts/a.js': 'unknown',
      form: 'unchanged',
      flow: 'unchanged',
    });
  });

  test('with a file of another content: that one differs', () => {
    const readFile = (path: string) =>
      path === '/flows/a.bpmn' ? Buffer.from('edited') : files.get(path);
    expect(actionsOf(compareInstalled(small, { ...asShipped, readFile }, undefined))).toMatchObject(
      {
        '/flows/a.bpmn': 'update',
        '/scripts/a.js': 'unchanged',
      },
    );
  });

  test('without workflows, which the Hub does not list: they are unknown, imported or not', () => {
    const changes = compareInstalled(small, { ...asShipped, workflows: undefined }, undefined, HUB);
    expect(actionsOf(changes)).toMatchObject({ flow: 'unknown' });
  });

  test('with what an older version imported and the Hub does not show: it differs', () => {
    const old = recordOf({ ...small, configDigest: 'an older one' });
    const readFile = (path: string) => (path === RECORD_PATH ? old : files.get(path));
    const current = { ...asShipped, readFile, forms: undefined };
    expect(actionsOf(compareInstalled(small, current, undefined, HUB))).toMatchObject({
      form: 'update',
    });
    expect(versionInstalled(current, HUB)).toBe('1.0.0');
  });

  test('with a file that is no longer shipped: it is to be deleted', () => {
    const before = { ...small, files: [...small.files, shipped('/flows/old.bpmn', 'old')] };
    const all = new Map(before.files.map(({ path, content }) => [path, content]));
    all.set(RECORD_PATH, recordOf(before));
    const current = { ...asShipped, readFile: (path: string) => all.get(path) };
    expect(actionsOf(compareInstalled(small, current, undefined))).toMatchObject({
      '/flows/old.bpmn': 'delete',
    });
  });
});

describe('given a Hub, when it is read', () => {
  test('through its resources API: the files come from there', async () => {
    const { hub } = await hubThatShows({ '/flows/a.bpmn': 'flow' });
    const { readFile } = await readInstalled(hub, small, undefined);
    expect(readFile?.('/flows/a.bpmn')?.toString()).toBe('flow');
    expect(readFile?.('/scripts/a.js')).toBeUndefined();
  });

  test('only shipped files and the record are asked for', async () => {
    const { hub, seen } = await hubThatShows({ '/flows/a.bpmn': 'flow', '/other.txt': 'x' });
    await readInstalled(hub, small, undefined);
    const asked = seen.filter(({ path }) => path.endsWith('/file')).map(({ query }) => query.path);
    expect(asked).toEqual(['/flows/a.bpmn']);
  });

  test('that shows none of the files: they are known to be missing', async () => {
    const { hub } = await hubThatShows({});
    const { readFile } = await readInstalled(hub, small, undefined);
    expect(readFile?.('/flows/a.bpmn')).toBeUndefined();
    expect(readFile).toBeDefined();
  });

  test('that lists the files and shows no content: nothing is known of them', async () => {
    const { hub } = await hubThatShows({ '/flows/a.bpmn': undefined });
    expect((await readInstalled(hub, small, undefined)).readFile).toBeUndefined();
  });

  test('whose export is empty is not believed: it may be one that is not filled', async () => {
    const empty = { form: [], workflow: [] };
    const { url } = await scripted(({ path }) => {
      if (path.endsWith('/config/export')) {
        return { body: empty };
      }
      return path.endsWith('/settings') || path.includes('workflows')
        ? { body: path.includes('workflows') ? { records: [] } : {} }
        : { status: 404, body: {} };
    });
    const { forms, workflows } = await readInstalled(clientOf(url), small, undefined);
    expect({ forms, workflows }).toEqual({ forms: undefined, workflows: [] });
  });

  test('without a resources API: nothing is known of the files', async () => {
    const { hub } = await hubThatShows(undefined);
    expect((await readInstalled(hub, small, undefined)).readFile).toBeUndefined();
  });

  test('with its folder given: the API is not asked', async () => {
    const { hub, seen } = await hubThatShows({ '/flows/a.bpmn': 'flow' });
    const { target } = await targetOf();
    target.dir?.write({ id: '/flows/a.bpmn', content: Buffer.from('from the folder') });
    const { readFile } = await readInstalled(hub, small, target.dir);
    expect(readFile?.('/flows/a.bpmn')?.toString()).toBe('from the folder');
    expect(seen.filter(({ path }) => path.includes('/resources'))).toEqual([]);
  });
});

describe('given a comparison, when it is told', () => {
  const make = (...actions: Change['action'][]) =>
    actions.map((action, at) => makeChange('resource', `/${at}`, action));

  test.each<[string, Change[], boolean]>([
    ['all of it is to be created', make('create', 'create'), true],
    ['what can not be known is left out of account', make('create', 'unknown'), true],
    ['something is as shipped', make('create', 'unchanged'), false],
    ['something is another', make('create', 'update'), false],
    ['nothing can be known', make('unknown', 'unknown'), false],
  ])('%s: absent is %s', (_name, changes, absent) => {
    expect(isAbsent(changes)).toBe(absent);
  });

  test('an absent one gets no table, but the next step', () => {
    expect(installedLines(make('create', 'create'), '1.2.3')).toEqual([
      'Blueprint 1.2.3',
      'Not installed in this Hub.',
      '',
      'Next: fortnox-blueprint install',
    ]);
  });

  test('one as shipped says so', () => {
    expect(installedLines(make('unchanged', 'unchanged'), '1.2.3')).toEqual([
      'Blueprint 1.2.3',
      '  Unchanged: 2 files',
      'What was looked at is as shipped: 2 files; left out: settings, config.',
    ]);
  });

  test.each<[Change[], string]>([
    [make('update', 'unchanged'), '1 difference from what this version ships.'],
    [make('update', 'create', 'unchanged'), '2 differences from what this version ships.'],
  ])('one that differs counts the differences', (changes, sentence) => {
    const lines = installedLines(changes, '1.2.3');
    expect(lines.at(-2)).toBe(sentence);
    expect(lines.at(-1)).toBe('Next: fortnox-blueprint install brings it in line.');
  });
});
