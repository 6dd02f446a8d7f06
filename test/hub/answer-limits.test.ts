import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { answerText } from '../../src/hub/answer-limits.js';
import { testContext } from '../support/context.js';
import { clientOf, listen, scripted } from './world.js';

/** The failure of a read that is answered with a body, and how often it was asked for. */
async function answered(body: Buffer | string, headers: Readonly<Record<string, string>> = {}) {
  let count = 0;
  const server = createServer((_incoming, outgoing) => {
    count += 1;
    outgoing.writeHead(200, { 'content-type': 'application/json', ...headers });
    outgoing.end(body);
  });
  onTestFinished(() => void server.close());
  const hub = clientOf(`http://127.0.0.1:${await listen(server)}/api/v2`);
  const result = await hub.setting('_a').catch((error: unknown) => error);
  return { result, count };
}

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const TOO_LARGE = { code: 'hub_answer_too_large', exitCode: 6 };

describe('an answer that no Hub gives is not read to its end', () => {
  test('packed small, and unpacked more than 32 MB', async () => {
    const packed = gzipSync(Buffer.alloc(33 * 1024 * 1024, ' '));
    const { result, count } = await answered(packed, { 'content-encoding': 'gzip' });
    expect(packed.length).toBeLessThan(100_000);
    expect(result).toMatchObject({ ...TOO_LARGE, message: expect.stringContaining('32 MB') });
    expect(count).toBe(1);
  });

  test('nested more than 200 deep', async () => {
    const { result } = await answered(`{"value":${nested(250)}}`);
    expect(result).toMatchObject({ ...TOO_LARGE, message: expect.stringContaining('200 deep') });
  });

  test('nested so deep that a walk through it would end the program', async () => {
    const { result } = await answered(`{"value":${nested(100_000)}}`);
    expect(result).toMatchObject(TOO_LARGE);
  });

  test('of more than 200,000 values', async () => {
    const { result } = await answered(JSON.stringify({ value: Array(200_001).fill(1) }));
    expect(result).toMatchObject({ ...TOO_LARGE, message: expect.stringContaining('200000') });
  });

  test.each([
    ['nested 150 deep', `{"value":${nested(150)},"type":"object"}`],
    ['of 100,000 values', JSON.stringify({ value: Array(100_000).fill(1), type: 'object' })],
  ])('but one %s is', async (_name, body) => {
    const { result } = await answered(body);
    expect(result).toMatchObject({ type: 'object' });
  });
});

describe('an answer that is packed', () => {
  test('is asked for, and read', async () => {
    const { url, seen } = await scripted(() => ({
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync('{"value":"x"}'),
    }));
    expect(await clientOf(url).setting('_a')).toEqual({ value: 'x' });
    expect(seen[0]?.headers['accept-encoding']).toBe('gzip');
  });

  test('and is not what it says is a failure of the connection', async () => {
    const { result } = await answered('{"value":"x"}', { 'content-encoding': 'gzip' });
    expect(result).toMatchObject({ code: 'hub_unreachable', exitCode: 5 });
  });
});

test('a body that takes more than a minute is given up', async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const failures: unknown[] = [];
  let giveUp: (failure: unknown) => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(Buffer.from('{'));
      giveUp = (failure) => controller.error(failure);
    },
  });
  const text = answerText(body, (failure) => {
    failures.push(failure);
    giveUp(failure);
  }).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(failures).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(await text).toMatchObject({
    code: 'hub_answer_slow',
    exitCode: 6,
    message: "The Hub's answer took more than 60 s to end, and was not read further.",
  });
});

test('a body that is over in time stops nothing later', async () => {
  vi.useFakeTimers();
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const failures: unknown[] = [];
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(Buffer.from('{}'));
      controller.close();
    },
  });
  expect(await answerText(body, (failure) => failures.push(failure))).toBe('{}');
  await vi.advanceTimersByTimeAsync(120_000);
  expect(failures).toEqual([]);
});

test('given a body that never ends, Ctrl-C ends the wait for it', async () => {
  const context = testContext();
  const server = createServer((_incoming, outgoing) => {
    outgoing.writeHead(200, { 'content-type': 'application/json' });
    outgoing.write('{');
    setImmediate(() => context.interrupt());
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const hub = clientOf(`http://127.0.0.1:${await listen(server)}/api/v2`, context);
  const result = await hub.setting('_a').catch((error: unknown) => error);
  expect(result).toMatchObject({ code: 'interrupted' });
});
