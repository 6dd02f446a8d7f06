import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { waitForConsent } from '../../src/activate/consent.js';
import type { Answer, Receiver } from '../../src/activate/receiver.js';
import { InterruptedError } from '../../src/core/errors.js';

const STATE = 'the-state-of-this-run';
const approved = { kind: 'approved', code: 'a-code' } as const;

/** A receiver to which the browser brings an answer, or nothing ever. */
const receiverWith = (answer: Promise<Answer>): Receiver => ({
  answer,
  startAt: (url) => url,
  conclude: async () => undefined,
  close: async () => undefined,
});
const silent = receiverWith(new Promise(() => undefined));

type Sources = Parameters<typeof waitForConsent>[0];

/** Waits with what a test says, and notes what was ignored. */
function wait(changes: Partial<Sources> = {}) {
  const ignored: string[] = [];
  const consent = waitForConsent({
    receiver: undefined,
    lines: undefined,
    state: STATE,
    seconds: 20,
    signal: new AbortController().signal,
    onIgnored: ({ code }) => ignored.push(code),
    ...changes,
  });
  return { consent, ignored };
}

/** An input that ends after some lines. */
function input(...lines: readonly string[]): PassThrough {
  const stream = new PassThrough();
  stream.end(lines.map((line) => `${line}\n`).join(''));
  return stream;
}

describe('given a browser, when it brings an answer', () => {
  test('then that is the end of the wait', async () => {
    const receiver = receiverWith(Promise.resolve(approved));
    expect(await wait({ receiver }).consent).toEqual(approved);
  });

  test('then it does not matter that an input is open as well', async () => {
    const lines = new PassThrough();
    const receiver = receiverWith(Promise.resolve(approved));
    expect(await wait({ receiver, lines }).consent).toEqual(approved);
  });
});

describe('given lines, when they are read', () => {
  test.each<[string, readonly string[], string]>([
    ['the bare code', ['a-code'], 'a-code'],
    ['the address', [`http://localhost/?code=a-code&state=${STATE}`], 'a-code'],
    ['empty lines before it', ['', '  ', 'a-code'], 'a-code'],
    ['two codes: the first', ['first-code', 'second-code'], 'first-code'],
  ])('then %s ends the wait', async (_name, lines, code) => {
    expect(await wait({ lines: input(...lines) }).consent).toEqual({ kind: 'approved', code });
  });

  test('then one that is not an answer is told of, and the next one is taken', async () => {
    const { consent, ignored } = wait({ lines: input('a b', 'a-code') });
    expect(await consent).toEqual({ kind: 'approved', code: 'a-code' });
    expect(ignored).toEqual(['activation_code_unreadable']);
  });

  test('then the error of Fortnox ends the wait', async () => {
    const lines = input(`http://localhost/?error=access_denied&state=${STATE}`);
    expect(await wait({ lines }).consent).toMatchObject({
      kind: 'refused',
      refusal: { code: 'fortnox_access_denied' },
    });
  });

  test('then an input that ends without any is the end', async () => {
    expect(await wait({ lines: input() }).consent).toEqual({
      kind: 'input-ended',
      last: undefined,
    });
  });

  test('then an input that ends after a wrong line tells of that line', async () => {
    expect(await wait({ lines: input('a b') }).consent).toMatchObject({
      kind: 'input-ended',
      last: { code: 'activation_code_unreadable' },
    });
  });
});

describe('given both a browser and an input', () => {
  test('then an input that is empty from the start leaves it to the browser', async () => {
    let bring: (answer: Answer) => void = () => undefined;
    const answer = new Promise<Answer>((resolve) => {
      bring = resolve;
    });
    const { consent } = wait({ receiver: receiverWith(answer), lines: input() });
    setTimeout(() => bring(approved), 50);
    expect(await consent).toEqual(approved);
  });

  test('then an input that ends after a wrong line is the end all the same', async () => {
    const { consent } = wait({ receiver: silent, lines: input('a b') });
    expect(await consent).toMatchObject({ kind: 'input-ended' });
  });
});

describe('given a person at a terminal', () => {
  test('then Ctrl-D is the end, whatever the browser may still bring', async () => {
    const lines = Object.assign(input(), { isTTY: true });
    expect(await wait({ receiver: silent, lines }).consent).toMatchObject({ kind: 'input-ended' });
  });
});

describe('given that nothing comes', () => {
  test('then the wait ends when its time is up', async () => {
    expect(await wait({ receiver: silent, seconds: 0.05 }).consent).toEqual({ kind: 'timeout' });
  });

  test('then Ctrl-C ends it', async () => {
    const interruption = new AbortController();
    const { consent } = wait({ receiver: silent, signal: interruption.signal });
    setTimeout(() => interruption.abort(), 20);
    await expect(consent).rejects.toBeInstanceOf(InterruptedError);
  });

  test('then a Ctrl-C from before ends it at once', async () => {
    const { consent } = wait({ receiver: silent, signal: AbortSignal.abort() });
    await expect(consent).rejects.toBeInstanceOf(InterruptedError);
  });

  test('then Ctrl-C goes before an input that ends at the same time', async () => {
    const interruption = new AbortController();
    const lines = new PassThrough();
    const { consent } = wait({ lines, signal: interruption.signal });
    setTimeout(() => {
      interruption.abort();
      lines.end();
    }, 20);
    await expect(consent).rejects.toBeInstanceOf(InterruptedError);
  });
});
