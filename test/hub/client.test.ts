import { describe, expect, test } from 'vitest';
import type { SettingRecord } from '../../src/hub/client.js';
import { clientOf, type Scripted, type Seen, scripted } from './world.js';

const RECORD: SettingRecord = {
  key: '_a',
  name: 'a',
  value: 'x',
  type: 'string',
  tag: ['fortnox'],
  role: ['admin'],
  category: 'custom',
};

/** Answers each method with a status. */
const byMethod = (statuses: Record<string, number>) =>
  scripted(({ method }) => ({ status: statuses[method] ?? 200, body: { message: 'as told' } }));
const methods = (seen: readonly Seen[]) => seen.map(({ method }) => method);

describe('an upsert', () => {
  test.each<[string, boolean, Record<string, number>, string[]]>([
    ['a setting that is there', true, {}, ['PUT']],
    ['a setting that went away meanwhile', true, { PUT: 404 }, ['PUT', 'POST']],
    ['a new setting', false, {}, ['POST']],
    ['a setting that came meanwhile', false, { POST: 409 }, ['POST', 'PUT']],
  ])('of %s', async (_name, isThere, statuses, expected) => {
    const { url, seen } = await byMethod(statuses);
    await clientOf(url).upsertSetting(RECORD, isThere);
    expect(methods(seen)).toEqual(expected);
  });

  test('sends the whole record, with its key in the path or in the body', async () => {
    const { url, seen } = await byMethod({ POST: 409 });
    await clientOf(url).upsertSetting(RECORD, false);
    const { key: _, ...withoutKey } = RECORD;
    expect(seen[0]).toMatchObject({ path: '/api/v2/admin/config/settings', body: RECORD });
    expect(seen[1]).toMatchObject({ path: '/api/v2/admin/config/settings/_a' });
    expect(seen[1]?.body).toEqual(withoutKey);
    expect(seen.map(({ query }) => query)).toEqual([{ refresh: 'true' }, { refresh: 'true' }]);
  });

  test.each<[string, Scripted]>([
    ['nothing', { status: 204 }],
    ['text', { body: 'OK' }],
    ['JSON', { body: { acknowledged: true } }],
  ])('succeeds when the Hub answers %s: the shape is documented nowhere', async (_name, answer) => {
    const { url } = await scripted(() => answer);
    const hub = clientOf(url);
    await hub.upsertSetting(RECORD, true);
    await hub.importConfig({});
  });

  test('fails when a web page comes back', async () => {
    const { url } = await scripted(() => ({ body: '<html>log in</html>' }));
    await expect(clientOf(url).upsertSetting(RECORD, true)).rejects.toMatchObject({
      code: 'hub_not_json',
    });
  });
});

describe('a setting', () => {
  test.each<[string, Scripted]>([
    ['404', { status: 404, body: { message: 'not found' } }],
    ['404 in text', { status: 404, body: 'not found' }],
    ['null', { body: null }],
    ['an empty object', { body: {} }],
  ])('is not there when the Hub answers %s', async (_name, answer) => {
    const { url } = await scripted(() => answer);
    expect(await clientOf(url).setting('_a')).toBeUndefined();
  });

  test('is there when the Hub shows all but its value', async () => {
    const { url } = await scripted(() => ({ body: { key: '_a', type: 'password' } }));
    expect(await clientOf(url).setting('_a')).toMatchObject({ type: 'password' });
  });
});

describe('a read that a Hub need not have', () => {
  test.each([404, 405, 501])('is unknown at %i, whatever comes with it', async (status) => {
    const { url } = await scripted(() => ({ status, body: '<h1>Cannot GET</h1>' }));
    const hub = clientOf(url);
    expect(await hub.workflows('fortnox')).toBeUndefined();
    expect(await hub.resourcePaths()).toBeUndefined();
    expect(await hub.resourceFile('/flows/a.bpmn')).toBeUndefined();
  });
});

test('the resource tree becomes paths with a slash in front, folders left out', async () => {
  const tree = [
    { path: 'a.txt', type: 'file' },
    {
      path: '/flows',
      type: 'directory',
      children: [{ path: '/flows/b.bpmn', type: 'file' }],
    },
  ];
  const { url } = await scripted(() => ({ body: tree }));
  expect(await clientOf(url).resourcePaths()).toEqual(new Set(['/a.txt', '/flows/b.bpmn']));
});

test('a resource file comes out of its base64, byte for byte', async () => {
  const content = Buffer.from([0, 255, 10, 13]);
  const { url, seen } = await scripted(() => ({ body: { content: content.toString('base64') } }));
  expect(await clientOf(url).resourceFile('/a b.bin')).toEqual(content);
  expect(seen[0]?.query).toEqual({ stream: 'false', path: '/a b.bin' });
});

describe('a run of a workflow', () => {
  test('has a time-out in its query, and answers the output', async () => {
    const { url, seen } = await scripted(() => ({ body: { output: { a: 1 }, status: {} } }));
    const answer = await clientOf(url).runWorkflow(
      'my flow',
      { code: 'c' },
      { timeoutSeconds: 60 },
    );
    expect(answer).toEqual({ kind: 'done', output: { a: 1 } });
    expect(seen[0]).toMatchObject({
      method: 'POST',
      path: '/api/v2/my/workflows/run/my%20flow',
      query: { timeout: '60' },
      body: { code: 'c' },
    });
  });

  test('without an input has no body', async () => {
    const { url, seen } = await scripted(() => ({ body: { output: 1 } }));
    await clientOf(url).runWorkflow('flow', undefined, { timeoutSeconds: 1 });
    expect(seen[0]?.body).toBeUndefined();
  });

  test('that fails answers with its sentence', async () => {
    const body = {
      statusCode: 502,
      message: 'The workflow failed',
      error: { message: 'No licence.' },
    };
    const { url } = await scripted(() => ({ status: 502, body }));
    const answer = await clientOf(url).runWorkflow('flow', {}, { timeoutSeconds: 1 });
    expect(answer).toEqual({ kind: 'failed', status: 502, message: 'No licence.' });
  });

  test('with a token that is not accepted is not a failed run', async () => {
    const { url } = await scripted(() => ({ status: 401 }));
    await expect(
      clientOf(url).runWorkflow('flow', {}, { timeoutSeconds: 1 }),
    ).rejects.toMatchObject({
      exitCode: 4,
    });
  });
});

test('requests are counted, repeated ones included', async () => {
  const { url } = await scripted((_request, count) =>
    count === 0 ? { status: 503 } : { body: {} },
  );
  const hub = clientOf(url);
  await hub.settingsMap('fortnox');
  expect(hub.requests).toBe(2);
});
