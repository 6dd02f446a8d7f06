import { describe, expect, test } from 'vitest';
import { type Blueprint, digestOf, type ShippedFile } from '../../src/blueprint/load.js';
import { type Desired, makePlan } from '../../src/install/plan.js';
import type { HubState } from '../../src/install/read-hub.js';
import { RECORD_PATH, renderRecord } from '../../src/install/record.js';
import { planResources } from '../../src/install/resources.js';
import { HUB, recordOf } from '../support/small-blueprint.js';

const file = (path: string, text: string): ShippedFile => {
  const content = Buffer.from(text);
  return { path, content, digest: digestOf(content) };
};
const FLOW = '/flows/a.bpmn';
const blueprint: Blueprint = {
  files: [file(FLOW, 'flow')],
  config: { form: [{ slug: 'form' }], workflow: [{ key: 'a', role: ['admin'] }] },
  configDigest: 'digest',
};

/** What is different from a Hub on which all is as shipped, and from what is desired by default. */
type Differences = Partial<HubState> & Partial<Desired>;
type Files = Record<string, Buffer | undefined>;

/** The plan for a Hub on which all is as shipped, but for the differences. */
function planWith(differences: Differences = {}, files: Files = {}) {
  const all: Files = {
    [FLOW]: Buffer.from('flow'),
    [RECORD_PATH]: recordOf(blueprint),
    ...files,
  };
  const given = {
    settings: undefined,
    readFile: (path: string) => all[path],
    shownRecord: undefined,
    shown: new Set([FLOW]),
    workflows: [{ key: 'a', role: ['admin'], owner: 'someone' }],
    forms: [{ slug: 'form' }],
    hub: HUB,
    isForced: false,
    blueprint,
    version: '1.0.0',
    values: { clientId: 'id', clientSecret: undefined },
    hasConfig: true,
    ...differences,
  };
  return makePlan(given, given);
}

describe('the plan of files', () => {
  const present = (text: string | undefined) => () =>
    text === undefined ? undefined : Buffer.from(text);
  const record = (shipped: string) => ({
    version: '0.9.0',

    hubs: {},
    files: { [FLOW]: digestOf(Buffer.from(shipped)) },
  });
  const plan = (...[there, before]: [string | undefined, string | undefined]) =>
    planResources(
      blueprint.files,
      present(there),
      before === undefined ? undefined : record(before),
    )[0];

  test('creates what is not there', () => {
    expect(plan(undefined, undefined)).toMatchObject({
      id: FLOW,
      action: 'create',
      isSettled: false,
    });
  });

  test('leaves what is as shipped', () => {
    expect(plan('flow', undefined)).toMatchObject({ action: 'unchanged', isSettled: true });
  });

  test('updates what an earlier version shipped, and keeps no copy of that', () => {
    const change = plan('old flow', 'old flow');
    expect(change).toMatchObject({ action: 'update' });
    expect(change).not.toHaveProperty('replaced');
  });

  test('keeps a copy of what someone edited since', () => {
    expect(plan('edited', 'old flow')).toMatchObject({
      action: 'update',
      replaced: Buffer.from('edited'),
      note: expect.stringMatching(/edited by hand/),
    });
  });

  test('keeps a copy of what was there before us', () => {
    expect(plan('of the manual blueprint', undefined)).toMatchObject({
      action: 'update',
      replaced: Buffer.from('of the manual blueprint'),
      note: expect.stringMatching(/was there already/),
    });
  });
});

describe('the files that the Hub must show before the import', () => {
  const toBeShown = (...input: Parameters<typeof planWith>) =>
    planWith(...input).toBeShown.map(({ id }) => id);

  test('are none where all is settled', () => {
    expect(toBeShown()).toEqual([]);
  });

  test('are those that are written now', () => {
    expect(toBeShown({}, { [FLOW]: undefined })).toEqual([FLOW]);
  });

  test('are those that a run wrote which stopped before its end', () => {
    expect(toBeShown({}, { [RECORD_PATH]: undefined })).toEqual([FLOW]);
  });

  test('are those that the Hub does not list', () => {
    expect(toBeShown({ shown: new Set() })).toEqual([FLOW]);
  });

  test('are none where resources are left out', () => {
    expect(toBeShown({ readFile: undefined })).toEqual([]);
  });
});

describe('the plan of forms and workflows', () => {
  const actions = (...input: Parameters<typeof planWith>) =>
    Object.fromEntries(planWith(...input).config.map(({ id, action }) => [id, action]));

  test('changes nothing where the Hub lists what was shipped, and the record tells of the import', () => {
    expect(actions()).toEqual({ form: 'unchanged', a: 'unchanged' });
  });

  test.each<[string, Record<string, unknown>[]]>([
    ['create', []],
    ['update', [{ key: 'a', role: [] }]],
    ['update', [{ key: 'a', role: ['admin', 'user'] }]],
  ])('will %s a workflow that the Hub lists as %j', (action, workflows) => {
    expect(actions({ workflows })).toMatchObject({ a: action });
  });

  test('does not mind the order of roles', () => {
    const shipped = {
      ...blueprint,
      config: { form: [], workflow: [{ key: 'a', role: ['x', 'y'] }] },
    };
    const { config } = planWith({
      blueprint: shipped,
      workflows: [{ key: 'a', role: ['y', 'x'] }],
    });
    expect(config[0]?.action).toBe('unchanged');
  });

  test('takes a field that the Hub leaves out for a difference, until it was imported once', () => {
    const workflows = [{ key: 'a' }];
    expect(actions({ workflows }, { [RECORD_PATH]: undefined })).toMatchObject({ a: 'update' });
    expect(actions({ workflows })).toMatchObject({ a: 'unchanged' });
  });

  test('that the Hub does not show goes by the record of this very Hub', () => {
    const hidden = { workflows: undefined, forms: undefined };
    expect(actions(hidden)).toEqual({ form: 'unknown', a: 'unknown' });
    const other = { [RECORD_PATH]: recordOf(blueprint, 'another digest') };
    expect(actions(hidden, other)).toEqual({ form: 'update', a: 'update' });
    const create = { form: 'create', a: 'create' };
    expect(actions(hidden, { [RECORD_PATH]: undefined })).toEqual(create);
    expect(actions({ ...hidden, hub: 'https://another.example.com/api/v2' })).toEqual(create);
  });

  test('that the Hub does not show is imported again, though it was before', () => {
    const { config } = planWith({ forms: undefined });
    expect(config.map(({ id, isSettled }) => [id, isSettled])).toEqual([
      ['form', false],
      ['a', true],
    ]);
  });

  test('says that it does not know where the record can not be read either', () => {
    const hidden = { readFile: undefined, forms: undefined };
    expect(actions(hidden)).toEqual({ form: 'unknown', a: 'unchanged' });
  });

  test('tells of a workflow that every user could start', () => {
    const { config } = planWith({ workflows: [{ key: 'a', role: [] }] });
    expect(config[1]?.note).toMatch(/every user could start it; now the role admin alone/);
  });

  test('is empty where config is left out', () => {
    expect(actions({ hasConfig: false })).toEqual({});
  });
});

describe('the install record', () => {
  const record = (...input: Parameters<typeof planWith>) => planWith(...input).record;

  test('is written only where it differs', () => {
    expect(record()?.action).toBe('unchanged');
    expect(record({ version: '1.0.1' })?.action).toBe('update');
    expect(record({}, { [RECORD_PATH]: undefined })?.action).toBe('create');
    expect(record({}, { [RECORD_PATH]: Buffer.from('not JSON') })?.action).toBe('update');
  });

  test('keeps what it told of the import where config is left out', () => {
    const before = { [RECORD_PATH]: recordOf(blueprint, 'the digest before') };
    const content = record({ hasConfig: false, version: '2.0.0' }, before)?.content;
    expect(JSON.parse(String(content))).toMatchObject({
      version: '2.0.0',
      hubs: { [HUB]: { version: '1.0.0', config: 'the digest before' } },
    });
  });

  test('that never knew of an import makes a later run import', () => {
    const first = record({ hasConfig: false }, { [RECORD_PATH]: undefined })?.content;
    const hidden = { workflows: undefined, forms: undefined };
    const plan = planWith(hidden, { [RECORD_PATH]: first });
    expect(plan.config.map(({ action }) => action)).toEqual(['create', 'create']);
  });

  test('of a checkout that serves two Hubs tells of both', () => {
    const content = record({ hub: 'https://another.example.com/api/v2' })?.content;
    const { hubs } = JSON.parse(String(content));
    expect(Object.keys(hubs)).toEqual(['https://another.example.com/api/v2', HUB]);
  });

  test('is not written where resources are left out', () => {
    expect(record({ readFile: undefined })).toBeUndefined();
  });
});

test.each<[string, Differences, boolean]>([
  ['nothing', {}, false],
  ['workflows', { workflows: undefined }, true],
  ['forms', { forms: undefined }, true],
  ['workflows, which are left out', { workflows: undefined, hasConfig: false }, false],
  ['files', { shown: undefined }, true],
  ['files, which are left out', { shown: undefined, readFile: undefined }, false],
])('a Hub that hides %s', (_name, differences, isHidden) => {
  expect(planWith(differences).isPartHidden).toBe(isHidden);
});

describe('what an older version shipped and this one does not', () => {
  const before: Blueprint = {
    ...blueprint,
    files: [...blueprint.files, file('/flows/b.bpmn', 'b')],
  };
  const removal = (text: string | undefined) =>
    planWith(
      {},
      {
        [RECORD_PATH]: recordOf(before),
        '/flows/b.bpmn': text === undefined ? undefined : Buffer.from(text),
      },
    ).resources.find(({ id }) => id === '/flows/b.bpmn');

  test('is deleted', () => {
    expect(removal('b')).toMatchObject({ action: 'delete', isSettled: false });
    expect(removal('b')).not.toHaveProperty('replaced');
  });

  test('is kept beside where it was edited since', () => {
    expect(removal('edited')).toMatchObject({ action: 'delete', replaced: Buffer.from('edited') });
  });

  test("is nobody's concern where it is gone", () => {
    expect(removal(undefined)).toBeUndefined();
  });
});

describe('the version that the Hub has', () => {
  test('is that of the record', () => {
    expect(planWith({ version: '2.0.0' }).installedVersion).toBe('1.0.0');
  });

  test('is the one that was imported where the files are older: a checkout may be', () => {
    const hubs = { [HUB]: { version: '3.0.0', config: 'x' } };
    const record = renderRecord(blueprint, { version: '1.0.0', hubs });
    expect(planWith({}, { [RECORD_PATH]: record }).installedVersion).toBe('3.0.0');
  });

  test('is not known without a record', () => {
    expect(planWith({}, { [RECORD_PATH]: undefined }).installedVersion).toBeUndefined();
  });
});

test('--force writes all again, but for the token', () => {
  const plan = planWith({ isForced: true });
  const open = [...plan.resources, ...plan.config].filter(({ isSettled }) => !isSettled);
  expect(open.map(({ id, action }) => [id, action])).toEqual([
    [FLOW, 'update'],
    ['form', 'update'],
    ['a', 'update'],
  ]);
});

test('a file with the line ends of Windows is as shipped', () => {
  const crlf: Blueprint = { ...blueprint, files: [file(FLOW, 'a\nb\n')] };
  const files = { [FLOW]: Buffer.from('a\r\nb\r\n'), [RECORD_PATH]: recordOf(crlf) };
  expect(planWith({ blueprint: crlf }, files).resources[0]?.action).toBe('unchanged');
});

test('a link in place of a file is told as that', () => {
  const linkAt = () => '../shared/a.bpmn';
  expect(planWith({ linkAt }).resources[0]?.note).toBe('a link to ../shared/a.bpmn');
  const { note } = planWith({ linkAt }, { [FLOW]: Buffer.from('x') }).resources[0] ?? {};
  expect(note).toMatch(/^a link to .* a file takes its place/);
});
