import { describe, expect, test } from 'vitest';
import { putFields } from '../../src/install/put-merges.js';
import { clientOf, scripted } from '../hub/world.js';

const write = async (status: number) => {
  const { url, seen } = await scripted(() => ({ status, body: { message: 'as told' } }));
  const answer = putFields(clientOf(url), '_a', { type: 'string' });
  return { answer, seen };
};

describe('given a PUT of some fields alone, which no documentation tells of', () => {
  test('a Hub that takes it', async () => {
    const { answer, seen } = await write(200);
    expect(await answer).toBe(true);
    expect(seen).toMatchObject([
      { method: 'PUT', path: '/api/v2/admin/config/settings/_a', body: { type: 'string' } },
    ]);
  });

  test.each([400, 404, 422])('a Hub that refuses it by %i does not take it', async (status) => {
    expect(await (await write(status)).answer).toBe(false);
  });

  test.each([401, 403, 409, 500])('a Hub that answers %i has failed', async (status) => {
    await expect((await write(status)).answer).rejects.toMatchObject({
      exitCode: status < 404 ? 4 : 6,
    });
  });
});
