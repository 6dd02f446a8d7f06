import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BlueprintError, InterruptedError, PartialError } from '../../src/core/errors.js';
import { apply } from '../../src/install/apply.js';
import type { Outcome } from '../../src/install/change.js';
import { changesOf } from '../../src/install/plan.js';
import type { Seen } from '../hub/world.js';
import { planFor, recordOf, small, targetOf } from '../support/small-blueprint.js';

/** Every outcome as one line. */
const told = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ change: { kind, id }, state }) => `${kind} ${id} ${state}`);

/** Answers writes with success, and has no resources API. */
const usual = ({ path }: Seen) =>
  path.includes('/admin/resources') ? { status: 404, body: {} } : { body: {} };

/** Refuses what a test names, with 403, which no retry repairs. */
const refusing = (isRefused: (request: Seen) => boolean) => (request: Seen) =>
  isRefused(request) ? { status: 403, body: { message: 'no' } } : usual(request);

const failureOf = async (applying: Promise<unknown>): Promise<BlueprintError> =>
  applying.then(
    () => expect.unreachable(),
    (error: BlueprintError) => error,
  );

const documentsOf = ({ report }: BlueprintError) =>
  ((report?.document.changes ?? []) as { id: string; state: string }[]).map(
    ({ id, state }) => `${id} ${state}`,
  );

/** Freezes a plan to the ground, so that a write to any of it throws. */
function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Buffer.isBuffer(value)) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

describe('given a Hub with nothing in it, when a plan is applied', () => {
  test('then each change has an outcome, in the order of the plan', async () => {
    const { target } = await targetOf(usual);
    const { outcomes } = await apply(planFor(), target);
    expect(told(outcomes)).toEqual([
      'setting _fortnox_app_clientid done',
      'setting _fortnox_app_clientsecret done',
      'setting _fortnox_access_token done',
      'resource /scripts/a.js done',
      'resource /flows/a.bpmn done',
      'form form done',
      'workflow flow done',
    ]);
  });

  test('then the plan is as it was: nothing of it is written to', async () => {
    const { target } = await targetOf(usual);
    const plan = frozen(planFor());
    const before = JSON.stringify(plan);
    await apply(plan, target);
    expect(JSON.stringify(plan)).toBe(before);
  });

  test('then the same plan can be applied once more, with the same outcomes', async () => {
    const { target } = await targetOf(usual);
    const plan = planFor();
    const first = await apply(plan, target);
    expect(await apply(plan, target)).toEqual(first);
  });

  test('then settings are written before files, and files before the import', async () => {
    let filesAtImport: string[] = [];
    let filesAtSettings: string[] = [];
    const world = await targetOf((request) => {
      if (request.path.endsWith('/config/import')) {
        filesAtImport = readdirSync(world.folder).sort();
      } else if (request.path.includes('/config/settings')) {
        filesAtSettings = readdirSync(world.folder).filter((name) => !name.startsWith('.scratch'));
      }
      return usual(request);
    });
    await apply(planFor(), world.target);
    expect(filesAtSettings).toEqual([]);
    expect(filesAtImport).toEqual(['flows', 'scripts']);
  });

  test('then the files hold what was shipped', async () => {
    const { target, folder } = await targetOf(usual);
    await apply(planFor(), target);
    expect(readFileSync(join(folder, 'flows/a.bpmn'), 'utf8')).toBe('flow');
    expect(readFileSync(join(folder, 'scripts/a.js'), 'utf8')).toBe('script');
  });

  test('then the install record is not written yet: nobody has verified anything', async () => {
    const { target, folder } = await targetOf(usual);
    await apply(planFor(), target);
    expect(existsSync(join(folder, 'fortnox-blueprint.json'))).toBe(false);
  });

  test('then it says what it does', async () => {
    const { target, context } = await targetOf(usual);
    await apply(planFor(), target);
    expect(context.stderr()).toBe('Writing 3 settings\nWriting 2 files\nImporting config.json\n');
  });

  test('then the client secret travels as it was given, and is in no path', async () => {
    const { target, seen } = await targetOf(usual);
    await apply(planFor(), target);
    const bodies = seen.map(({ body }) => body as Record<string, unknown>);
    expect(bodies).toContainEqual(
      expect.objectContaining({ key: '_fortnox_app_clientsecret', value: 'a-secret' }),
    );
    expect(seen.map(({ path, query }) => path + JSON.stringify(query)).join()).not.toContain(
      'a-secret',
    );
  });
});

describe('given a Hub on which all is as shipped, when a plan is applied', () => {
  const files = new Map<string, Buffer>(small.files.map(({ path, content }) => [path, content]));
  files.set('/fortnox-blueprint.json', recordOf());
  const plan = planFor({
    settings: undefined,
    readFile: (path) => files.get(path),
    workflows: [{ key: 'flow', role: ['admin'] }],
    forms: [{ slug: 'form' }],
  });

  test('then nothing is asked and nothing is written', async () => {
    const { target, folder, seen } = await targetOf();
    await apply(plan, target);
    expect(seen).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('then all of it is done, and counts as shown', async () => {
    const { target } = await targetOf();
    const { outcomes, isShown } = await apply(plan, target);
    expect(new Set(outcomes.map(({ state }) => state))).toEqual(new Set(['done']));
    expect(isShown).toBe(true);
  });
});

describe('given a file that was edited by hand, when a plan is applied', () => {
  test('then what was there is kept beside, named for the time', async () => {
    const { target, folder } = await targetOf(usual);
    mkdirSync(join(folder, 'flows'));
    writeFileSync(join(folder, 'flows/a.bpmn'), 'edited');
    await apply(planFor({ readFile: (path) => target.dir?.read(path) }), target);
    const [name = '', ...others] = readdirSync(join(folder, 'flows')).filter((file) =>
      file.includes('.bak-'),
    );
    expect(others).toEqual([]);
    expect(name).toMatch(/^a\.bpmn\.bak-\d{8}T\d{6}Z$/);
    expect(readFileSync(join(folder, 'flows', name), 'utf8')).toBe('edited');
    expect(readFileSync(join(folder, 'flows/a.bpmn'), 'utf8')).toBe('flow');
  });
});

describe('given a token that can not be read, when a plan is applied', () => {
  test('then it is settled from the start, and never asked for', async () => {
    const { target, seen } = await targetOf(usual);
    const settings = new Map([['_fortnox_access_token', { value: 42, type: 'number' }]]);
    const { outcomes } = await apply(planFor({ settings }), target);
    expect(told(outcomes)).toContain('setting _fortnox_access_token done');
    expect(seen.filter(({ path }) => path.includes('access_token'))).toEqual([]);
  });
});

describe('given a failure, when a plan is applied', () => {
  test('of the first write: the failure comes through as it is', async () => {
    const { target, folder } = await targetOf(refusing(() => true));
    const failure = await failureOf(apply(planFor(), target));
    expect(failure).toMatchObject({ code: 'hub_forbidden', exitCode: 4, report: undefined });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of one setting among three: the others are done, the rest is pending', async () => {
    const isId = ({ body }: Seen) => JSON.stringify(body ?? '').includes('_fortnox_app_clientid');
    const { target } = await targetOf(refusing(isId));
    const failure = await failureOf(apply(planFor(), target));
    expect(failure).toBeInstanceOf(PartialError);
    expect(documentsOf(failure)).toEqual([
      '_fortnox_app_clientid failed',
      '_fortnox_app_clientsecret done',
      '_fortnox_access_token done',
      '/scripts/a.js pending',
      '/flows/a.bpmn pending',
      'form pending',
      'flow pending',
    ]);
  });

  test('of the first file: the file after it is left alone', async () => {
    const { target, folder } = await targetOf(usual);
    writeFileSync(join(folder, 'scripts'), 'a file where a folder must be');
    const failure = await failureOf(apply(planFor(), target));
    expect(failure).toMatchObject({ code: 'resources_dir_obstacle', exitCode: 7 });
    expect(documentsOf(failure).slice(3)).toEqual([
      '/scripts/a.js failed',
      '/flows/a.bpmn pending',
      'form pending',
      'flow pending',
    ]);
    expect(existsSync(join(folder, 'flows'))).toBe(false);
  });

  test('of the import: forms and workflows have failed together', async () => {
    const { target } = await targetOf(refusing(({ path }) => path.endsWith('/import')));
    const failure = await failureOf(apply(planFor(), target));
    expect(documentsOf(failure).slice(-2)).toEqual(['form failed', 'flow failed']);
    expect(failure.report?.lines.at(-1)).toBe('5 done, 2 failed, 0 still to do.');
  });

  test('of a Hub that takes its resources from elsewhere: nothing is imported', async () => {
    const { target, seen } = await targetOf(({ path, query }) =>
      path.endsWith('/admin/resources') && query.tree
        ? { body: [] }
        : path.includes('/resources/file')
          ? { status: 404, body: {} }
          : { body: {} },
    );
    const failure = await failureOf(apply(planFor(), target));
    expect(failure).toMatchObject({ code: 'resources_not_synced', exitCode: 7 });
    expect(documentsOf(failure).slice(-2)).toEqual(['form pending', 'flow pending']);
    expect(seen.filter(({ path }) => path.endsWith('/import'))).toEqual([]);
  });

  test('that is Ctrl-C between two files: none of them has failed', async () => {
    const { target, context } = await targetOf(usual);
    const say = context.output.progress.bind(context.output);
    context.output.progress = (text) => {
      if (text.startsWith('Writing 2 files')) {
        context.interrupt();
      }
      say(text);
    };
    const failure = await failureOf(apply(planFor(), target));
    expect(failure).toBeInstanceOf(InterruptedError);
    expect(documentsOf(failure).filter((line) => line.endsWith('failed'))).toEqual([]);
    expect(failure.report?.lines.at(-1)).toBe('3 done, 0 failed, 4 still to do.');
  });
});

test.each<[string, Record<string, string> | undefined, boolean]>([
  ['shows the files as written', { '/scripts/a.js': 'script', '/flows/a.bpmn': 'flow' }, true],
  ['has no resources API', undefined, false],
])('given a Hub that %s, then it is told so', async (_name, files, isShown) => {
  const { target } = await targetOf((request) => {
    const content = files?.[request.query.path ?? ''];
    return content === undefined
      ? usual(request)
      : { body: { content: Buffer.from(content).toString('base64') } };
  });
  expect((await apply(planFor(), target)).isShown).toBe(isShown);
});

test('given a plan, then its changes are those that a person cares for, without the record', () => {
  const ids = changesOf(planFor()).map(({ id }) => id);
  expect(ids).toHaveLength(7);
  expect(ids).not.toContain('/fortnox-blueprint.json');
});
