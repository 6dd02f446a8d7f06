import { describe, expect, test } from 'vitest';
import { accessTokenSpec } from '../../src/blueprint/manifest.js';
import { applyToken } from '../../src/install/token-setting.js';
import { clientOf, type Scripted, type Seen, scripted } from '../hub/world.js';
import { testContext } from '../support/context.js';

const OLD = { access_token: 'an-old-token' };
const NEW = { access_token: 'new' };
const { key: _, ...ATTRIBUTES } = accessTokenSpec;

type Stored = Record<string, unknown> | undefined;

/** A Hub with one setting. `at` is asked before each request, and may change the setting or answer in its place. */
async function hubWith(
  first: Stored,
  at: (request: Seen, count: number, set: (to: Stored) => void) => Scripted | undefined = () =>
    undefined,
) {
  let stored: Stored = first;
  const set = (to: Stored) => {
    stored = to;
  };
  const { url, seen } = await scripted((request, count) => {
    const answer = at(request, count, set);
    if (answer) {
      return answer;
    }
    if (request.method === 'GET') {
      return stored ? { body: { ...stored, value: stored.value } } : { status: 404, body: {} };
    }
    if (request.method === 'POST' && stored) {
      return { status: 409, body: {} };
    }
    const { value, ...rest } = request.body as Record<string, unknown>;
    stored = { ...rest, value: JSON.parse(String(value)) };
    return { body: {} };
  });
  const context = testContext();
  const apply = (exists: boolean) => applyToken(clientOf(url), exists, context, async () => false);
  const methods = () => seen.map(({ method }) => method).join(' ');
  return { apply, stored: () => stored, methods, context };
}

describe('a token that is not there', () => {
  test('is created empty, in one request', async () => {
    const hub = await hubWith(undefined);
    await hub.apply(false);
    expect(hub.stored()).toMatchObject({
      value: {},
      type: 'object',
      tag: ['fortnox'],
      role: ['admin'],
    });
    expect(hub.methods()).toBe('POST');
  });

  test('that someone made meanwhile is not written over', async () => {
    const hub = await hubWith({ ...ATTRIBUTES, value: NEW });
    await hub.apply(false);
    expect(hub.stored()?.value).toEqual(NEW);
    expect(hub.methods()).toBe('POST GET');
  });

  test('is looked for before it is created again, when nobody knows whether it was', async () => {
    const hub = await hubWith(undefined, (request, count, set) => {
      if (count > 0 || request.method !== 'POST') {
        return undefined;
      }
      set({ ...ATTRIBUTES, value: NEW });
      return { cuts: true };
    });
    await hub.apply(false);
    expect(hub.stored()?.value).toEqual(NEW);
    expect(hub.methods()).toBe('POST GET');
  });
});

describe('a token without its tag', () => {
  const untagged = { ...ATTRIBUTES, tag: [], value: OLD };

  test('gets it, and keeps its value', async () => {
    const hub = await hubWith(untagged);
    await hub.apply(true);
    expect(hub.stored()).toMatchObject({ value: OLD, tag: ['fortnox'] });
    expect(hub.methods()).toBe('GET PUT GET');
  });

  test('keeps the value that a flow wrote since the plan was made', async () => {
    const hub = await hubWith({ ...untagged, value: NEW });
    await hub.apply(true);
    expect(hub.stored()?.value).toEqual(NEW);
  });

  test('is left alone when a flow has put it right meanwhile', async () => {
    const hub = await hubWith({ ...ATTRIBUTES, value: NEW });
    await hub.apply(true);
    expect(hub.methods()).toBe('GET');
  });

  test('is read again before a write is repeated: a flow may have written what must not be put back', async () => {
    let isCut = false;
    const hub = await hubWith(untagged, (request, _count, set) => {
      if (request.method !== 'PUT' || isCut) {
        return undefined;
      }
      isCut = true;
      set({ ...untagged, value: NEW });
      return { cuts: true };
    });
    await hub.apply(true);
    expect(hub.stored()).toMatchObject({ value: NEW, tag: ['fortnox'] });
    expect(hub.methods()).toBe('GET PUT GET PUT GET');
  });

  test('is corrected again where a flow writes it without its tag right after', async () => {
    let puts = 0;
    const hub = await hubWith(untagged, (request, _count, set) => {
      if (request.method === 'PUT') {
        puts += 1;
      }
      if (request.method === 'GET' && puts === 1) {
        puts += 1;
        set({ ...untagged, value: NEW });
      }
      return undefined;
    });
    await hub.apply(true);
    expect(hub.stored()).toMatchObject({ value: NEW, tag: ['fortnox'] });
  });

  test('is given up when the Hub refuses it each time', async () => {
    const hub = await hubWith(untagged, ({ method }) =>
      method === 'PUT' ? { status: 403, body: { message: 'no' } } : undefined,
    );
    await expect(hub.apply(true)).rejects.toMatchObject({ exitCode: 4 });
    expect(hub.methods()).toBe('GET PUT');
  });

  test('is kept from being printed', async () => {
    const hub = await hubWith(untagged);
    await hub.apply(true);
    expect(hub.context.output.safe('it is an-old-token')).toBe('it is ****');
  });
});
