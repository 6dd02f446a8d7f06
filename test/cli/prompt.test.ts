import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Context } from '../../src/core/context.js';
import { Output } from '../../src/core/output.js';
import { askClientSecret } from '../../src/options/app.js';
import { testContext } from '../support/context.js';
import { said } from '../support/said.js';

const ENTER = '\r';
const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

/** A terminal with a person who types something once asked. */
function terminal(typed: string, env: Record<string, string> = {}) {
  let screen = '';
  let stdout = '';
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  let isAsked = false;
  const stderr = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        screen += String(chunk);
        if (!isAsked && /Client secret/.test(screen)) {
          isAsked = true;
          setImmediate(() => stdin.write(typed));
        }
        done();
      },
    }),
    { isTTY: true, columns: 80, rows: 24 },
  );
  const write = (text: string) => {
    stdout += text;
  };
  const output = new Output({ stdout: { write }, stderr, json: true, verbose: true, color: false });
  const context: Context = { ...testContext({ env }), stdin, output };
  return { context, screen: () => screen, stdout: () => stdout };
}

describe('a person at a terminal', () => {
  test('is asked for the secret; it is not shown, and stdout is left to the result', async () => {
    const { context, screen, stdout } = terminal(`canary-secret${ENTER}`);
    expect(await askClientSecret(context)).toBe('canary-secret');
    expect(screen()).not.toContain('canary');
    expect(stdout()).toBe('');
    expect(context.output.safe('canary-secret')).toBe('****');
  });

  test('who presses Ctrl-C has interrupted the program', async () => {
    await expect(askClientSecret(terminal(CTRL_C).context)).rejects.toMatchObject({
      exitCode: 130,
    });
  });

  test('who presses Ctrl-D has interrupted it too', async () => {
    await expect(askClientSecret(terminal(CTRL_D).context)).rejects.toMatchObject({
      exitCode: 130,
    });
  });

  test.each([
    ['nothing', '', /is empty\. Type it again/],
    ['a mask', '*****', /is a mask/],
  ])('who types %s is asked again', async (_name, typed, sentence) => {
    const { context, screen } = terminal(`${typed}${ENTER}${'\b'.repeat(9)}canary-secret${ENTER}`);
    expect(await askClientSecret(context)).toBe('canary-secret');
    expect(said(screen())).toMatch(sentence);
  });

  test('is not asked in a pipeline, CI, though it has a terminal', async () => {
    await expect(askClientSecret(terminal('', { CI: 'true' }).context)).rejects.toMatchObject({
      code: 'client_secret_missing',
      hint: expect.stringMatching(/--client-secret-file or in FORTNOX_APP_CLIENTSECRET/),
    });
  });
});

test('nobody is asked where stdin is no terminal', async () => {
  await expect(askClientSecret(testContext({ terminal: 80 }))).rejects.toMatchObject({
    exitCode: 2,
  });
});
