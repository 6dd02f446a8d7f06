import { describe, expect, test } from 'vitest';
import { Output } from '../../src/core/output.js';

interface Options {
  readonly json?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
  /** Columns of a terminal. */
  readonly terminal?: number;
}

function outputWith({ json = false, verbose = false, color = false, terminal }: Options = {}) {
  const said = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof said) => ({
    write: (text: string) => {
      said[name] += text;
    },
    ...(terminal !== undefined && { isTTY: true, columns: terminal }),
  });
  const streams = { stdout: stream('stdout'), stderr: stream('stderr') };
  return { said, output: new Output({ ...streams, json, verbose, color }) };
}

describe('with --json', () => {
  test('stdout is one line of JSON, and everything else is on stderr', () => {
    const { said, output } = outputWith({ json: true });
    output.progress('Reading');
    output.warn('Mind the gap.');
    output.result(['for a person'], { ok: true, warnings: output.warnings });
    expect(JSON.parse(said.stdout)).toEqual({ ok: true, warnings: ['Mind the gap.'] });
    expect(said.stdout).toMatch(/^[^\n]+\n$/);
    expect(said.stderr).toBe('Reading\nWarning: Mind the gap.\n');
  });

  test('a failure is on both: a document for a program, a sentence for its log', () => {
    const { said, output } = outputWith({ json: true });
    output.failure('It broke.', 'Mend it.', { ok: false });
    expect(JSON.parse(said.stdout)).toEqual({ ok: false });
    expect(said.stderr).toBe('Error: It broke.\nMend it.\n');
  });

  test.each(['true', 'null', '":""', '1234', '"ok"', '{}}}', '\\n\\n'])(
    'a secret that looks like JSON, %j, leaves the document whole',
    (secret) => {
      const { said, output } = outputWith({ json: true });
      output.secret(secret);
      output.result([], { ok: true, none: null, count: 1234, text: `is ${secret}.` });
      expect(JSON.parse(said.stdout)).toEqual({
        ok: true,
        none: null,
        count: 1234,
        text: 'is ****.',
      });
    },
  );

  test('texts at any depth are masked and hold no control characters', () => {
    const { said, output } = outputWith({ json: true });
    output.secret('canary');
    output.result([], { list: [{ deep: 'a canary \u001b[2J' }] });
    expect(JSON.parse(said.stdout)).toEqual({ list: [{ deep: 'a **** [2J' }] });
  });
});

describe('progress', () => {
  test('is plain lines where nobody watches', () => {
    const { said, output } = outputWith();
    output.progress('One');
    output.progress('Two');
    expect(said.stderr).toBe('One\nTwo\n');
  });

  test('is one line on a terminal, taken away before anything else is said', () => {
    const { said, output } = outputWith({ terminal: 40 });
    output.progress('One');
    output.progress('Two');
    output.note('Done');
    expect(said.stderr).not.toMatch(/One\n|Two\n/);
    expect(said.stderr.endsWith('\r\u001b[KDone\n')).toBe(true);
  });

  test('never breaks over two lines of a terminal', () => {
    const { said, output } = outputWith({ terminal: 30 });
    output.progress('x'.repeat(200));
    expect(said.stderr.match(/x+/)?.[0]).toHaveLength(29);
  });
});

describe('colour', () => {
  test('is there only where it was asked for', () => {
    const plain = outputWith();
    plain.output.warn('Mind.');
    expect(plain.said.stderr).toBe('Warning: Mind.\n');
    const colored = outputWith({ color: true });
    colored.output.warn('Mind.');
    expect(colored.said.stderr).toBe('\u001b[33mWarning:\u001b[39m Mind.\n');
  });
});

test('details are said only with --verbose, masked as all else', () => {
  const quiet = outputWith();
  quiet.output.detail('GET /');
  expect(quiet.said.stderr).toBe('');
  const verbose = outputWith({ verbose: true });
  verbose.output.secret('canary');
  verbose.output.detail('GET /canary');
  expect(verbose.said.stderr).toBe('GET /****\n');
});

test('a secret of several lines is masked in details too', () => {
  const { said, output } = outputWith({ verbose: true });
  output.secret('canary-one\ncanary-two');
  output.detail('first\ncanary-one\ncanary-two\nlast');
  expect(said.stderr).toBe('first\n****\nlast\n');
});

test('sentences keep to 80 columns; an address stays whole', () => {
  const { said, output } = outputWith();
  const address = `https://hub.example.com/${'x'.repeat(90)}`;
  output.failure(`${'word '.repeat(30)}end.`, `Open ${address} now.`, {});
  const lines = said.stderr.split('\n');
  expect(lines).toContain(address);
  for (const line of lines.filter((one) => one !== address)) {
    expect(line.length).toBeLessThanOrEqual(80);
  }
});

describe('a result', () => {
  const streams = () => {
    const stdout: string[] = [];
    const write = (text: string) => stdout.push(text);
    const stream = { write };
    const options = { stdout: stream, stderr: stream, json: false, verbose: false, color: false };
    return { output: new Output({ ...options, columns: 20 }), stdout };
  };

  test('is broken to the width of the terminal', () => {
    const { output, stdout } = streams();
    output.result(['The first line is long.', 'x'], {});
    expect(stdout.join('')).toBe('The first line is\nlong.\nx\n');
  });

  test('stays as it is where a program reads it', () => {
    const { output, stdout } = streams();
    output.result(['The first line is long.'], {}, true);
    expect(stdout.join('')).toBe('The first line is long.\n');
  });
});
