import { describe, expect, test } from 'vitest';
import { accessTokenSpec, clientSecretSpec } from '../../src/blueprint/manifest.js';
import { readHub } from '../../src/install/read-hub.js';
import { hasAttributes, isMasked, readSettings } from '../../src/install/stored-settings.js';
import { clientOf, type Scripted, scripted } from '../hub/world.js';
import { targetOf } from '../support/small-blueprint.js';

/** A Hub that shows settings by their key, and in the map by their tag. */
async function hubWith(byKey: Record<string, unknown>, byTag: Record<string, unknown>) {
  const { url, seen } = await scripted(({ path }): Scripted => {
    const key = /settings\/(.+)$/.exec(path)?.[1];
    if (key === undefined) {
      return { body: byTag };
    }
    const setting = byKey[key];
    return setting === undefined ? { status: 404, body: {} } : { body: setting };
  });
  return { hub: clientOf(url), seen };
}

describe('given a Hub, when the settings are read', () => {
  test('then each is read by its key, and all by their tag, at the same time', async () => {
    const { hub, seen } = await hubWith({}, {});
    await readSettings(hub);
    expect(seen.map(({ path }) => path.replace(/.*settings\/?/, '')).sort()).toEqual([
      '',
      '_fortnox_access_token',
      '_fortnox_app_clientid',
      '_fortnox_app_clientsecret',
    ]);
  });

  test('then a Hub without any has none', async () => {
    const { hub } = await hubWith({}, {});
    expect(await readSettings(hub)).toEqual(new Map());
  });

  test('then one that is shown by its key alone is there', async () => {
    const { hub } = await hubWith({ _fortnox_app_clientid: { key: 'x', value: 'an-id' } }, {});
    expect((await readSettings(hub)).get('_fortnox_app_clientid')?.value).toBe('an-id');
  });

  test('then one that is shown by its tag alone is there, of unknown type', async () => {
    const { hub } = await hubWith({}, { _fortnox_access_token: { access_token: 'a-token' } });
    expect((await readSettings(hub)).get('_fortnox_access_token')).toEqual({
      value: { access_token: 'a-token' },
    });
  });

  test('then an object shown by its tag goes before the same one as text', async () => {
    const { hub } = await hubWith(
      { _fortnox_access_token: { type: 'object', value: '{"access_token":"a-token"}' } },
      { _fortnox_access_token: { access_token: 'a-token' } },
    );
    expect((await readSettings(hub)).get('_fortnox_access_token')).toEqual({
      type: 'object',
      value: { access_token: 'a-token' },
    });
  });

  test("then settings of others don't matter", async () => {
    const { hub } = await hubWith({}, { _other: 'x' });
    expect(await readSettings(hub)).toEqual(new Map());
  });
});

describe('a masked value', () => {
  test.each<[unknown, boolean]>([
    ['****', true],
    ['*', true],
    ['••••••', true],
    ['', false],
    ['***a', false],
    ['a-secret', false],
    [undefined, false],
    [{ value: '***' }, false],
  ])('%j is one: %s', (value, masked) => {
    expect(isMasked(value)).toBe(masked);
  });
});

describe('the attributes of a setting', () => {
  const right = { type: 'password', tag: ['fortnox'], role: ['admin'] };

  test.each<[string, Record<string, unknown>, boolean]>([
    ['are right as they are to be', right, true],
    ['are right where the Hub shows none', {}, true],
    ['are right with one of them left out', { type: 'password' }, true],
    ['are wrong with another type', { ...right, type: 'string' }, false],
    ['are wrong without the tag', { ...right, tag: [] }, false],
    [
      'are wrong with one tag more, as it may show the setting',
      { ...right, tag: ['fortnox', 'frontend'] },
      false,
    ],
    ['are wrong with another role', { ...right, role: ['user'] }, false],
    ['are wrong with one role more', { ...right, role: ['admin', 'user'] }, false],
  ])('%s', (_name, current, isRight) => {
    expect(hasAttributes(current, clientSecretSpec)).toBe(isRight);
  });

  test('have no order', () => {
    const spec = { ...accessTokenSpec, tag: ['a', 'b'] };
    expect(hasAttributes({ tag: ['b', 'a'] }, spec)).toBe(true);
  });

  test('are told apart where two tags look like one', () => {
    const spec = { ...accessTokenSpec, tag: ['a', 'b'] };
    expect(hasAttributes({ tag: ['a,b'] }, spec)).toBe(false);
  });
});

describe('given parts that are left out, when a Hub is read', () => {
  const asked = async (...skipped: ('resources' | 'settings' | 'config')[]) => {
    const { target, seen } = await targetOf(({ path }) =>
      path.endsWith('/my/config/settings') ? { body: {} } : { status: 404, body: {} },
    );
    const dir = skipped.includes('resources') ? undefined : target.dir;
    const state = await readHub(target.hub, dir, new Set(skipped));
    const paths = new Set(seen.map(({ path }) => path.split('/').slice(3, 5).join('/')));
    return { paths: [...paths].sort(), state };
  };

  test('none: settings, workflows and the tree of files are asked for', async () => {
    expect((await asked()).paths).toEqual([
      'admin/resources',
      'admin/workflows',
      'my/config',
      'setup/database',
    ]);
  });

  test('settings: no setting is asked for', async () => {
    const { paths, state } = await asked('settings');
    expect(paths).toEqual(['admin/resources', 'admin/workflows', 'setup/database']);
    expect(state.settings).toBeUndefined();
  });

  test('config: no workflow is asked for', async () => {
    const { paths, state } = await asked('config');
    expect(paths).toEqual(['admin/resources', 'my/config']);
    expect(state.workflows).toBeUndefined();
  });

  test('resources: the record is asked for through the Hub, and no file can be read', async () => {
    const { paths, state } = await asked('resources');
    expect(paths).toContain('admin/resources');
    expect(state.readFile).toBeUndefined();
    expect(state.shown).toBeUndefined();
  });

  test('all: nothing is asked for', async () => {
    expect((await asked('resources', 'settings', 'config')).paths).toEqual([]);
  });
});
