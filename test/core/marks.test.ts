import { describe, expect, test } from 'vitest';
import { Output } from '../../src/core/output.js';
import {
  renderAzure,
  renderGithub,
  renderGitlab,
  renderPretty,
  renderSarif,
} from '../../src/validate/index.js';
import { azureCommand, commandsIn } from './runners.js';

const PIECES = [
  ...['::', ':', 'error', 'set-output name=x', 'add-mask', ' ', '  ', '\t', '\n', '\r', '\r\n'],
  ...[
    '##',
    '#',
    '[',
    ']',
    '##[',
    '##[error]',
    '##vso[',
    '##VSO[task.setvariable variable=x]',
    '%0A',
  ],
  ...[
    '##teamcity[',
    "message text='x'",
    'section_start:1:a',
    'section_end:1:a\r\u001b[0K',
    '\u001b[0K',
    '\u2028',
  ],
  ...[
    '\u0085',
    '\u00a0',
    '\u200b',
    '\u00ad',
    '\u0000',
    '\ufeff',
    '\v',
    '\f',
    '::error::x',
    '::stop::y',
  ],
  ...['a', 'å', '\ud83d', '****', 'canary', 'word', '\u202e'],
];
const TEXTS = 20_000;
const NONE = { github: [], azure: [], teamcity: [], gitlab: [] };

/** The same numbers in every run. */
function* numbers(): Generator<number, never> {
  for (let seed = 1; ; seed = (seed * 48_271) % 2_147_483_647) {
    yield seed;
  }
}

function* hostileTexts(): Generator<string> {
  const random = numbers();
  for (let nth = 0; nth < TEXTS; nth += 1) {
    const length = 1 + (random.next().value % 12);
    yield Array.from({ length }, () => PIECES[random.next().value % PIECES.length] ?? '').join('');
  }
}

/** What is printed, with lines broken at each of several widths in turn. */
function printed(json: boolean, say: (output: Output, text: string) => void): string[] {
  return [...hostileTexts()].map((text, nth) => {
    let log = '';
    const stream = {
      write: (more: string) => {
        log += more;
      },
    };
    const looks = { json, verbose: true, color: nth % 2 === 0, columns: 20 + (nth % 60) };
    const output = new Output({ stdout: stream, stderr: stream, ...looks });
    output.secret('canary');
    say(output, text);
    return log;
  });
}

const finding = (text: string) => ({
  rule: 'rule',
  severity: 'error' as const,
  file: text,
  element: text,
  line: 1,
  message: text,
});

const reportOf = (text: string) => ({
  findings: [finding(text)],
  files: 1,
  errors: 1,
  warnings: 0,
  recognised: text,
});

test('the parsers find commands in what is printed as it came', () => {
  const log = [...hostileTexts()].join('\n');
  for (const [system, commands] of Object.entries(commandsIn(log))) {
    expect(commands.length, system).toBeGreaterThan(50);
  }
});

describe(`no CI system finds a command in ${TEXTS} foreign texts`, () => {
  test.each<[string, (output: Output, text: string) => void]>([
    ['notes', (output, text) => output.note(`It said ${text}`)],
    ['notes of nothing else', (output, text) => output.note(text)],
    ['progress', (output, text) => output.progress(text)],
    ['warnings', (output, text) => output.warn(text)],
    ['details', (output, text) => output.detail(`Error: ${text}\n  at ${text}`)],
    ['failures', (output, text) => output.failure(text, text, {})],
    ['results', (output, text) => output.result([text, `  ${text}`], {})],
    ['findings', (output, text) => output.result(renderPretty(reportOf(text)), {})],
  ])('as %s', (_name, say) => {
    for (const log of printed(false, say)) {
      expect(commandsIn(log), JSON.stringify(log)).toEqual(NONE);
    }
  });

  test('as JSON, which still says the same', () => {
    const say = (output: Output, text: string) => {
      output.result([], { text });
    };
    const texts = hostileTexts();
    for (const log of printed(true, say)) {
      expect(commandsIn(log), log).toEqual(NONE);
      const { text } = JSON.parse(log);
      const hashes = (said: string) => said.replace(/[^#[\]]/g, '');
      expect(hashes(text)).toBe(hashes(String(texts.next().value)));
    }
  });

  test('but the annotations of this program itself', () => {
    const say = (output: Output, text: string) => {
      output.result(renderGithub(reportOf(text)), {}, true);
    };
    for (const log of printed(false, say)) {
      expect(commandsIn(log), log).toEqual({ ...NONE, github: ['error'] });
    }
  });

  test('but the issues of this program itself, for Azure', () => {
    const say = (output: Output, text: string) => {
      output.result(renderAzure(reportOf(text)), {}, true);
    };
    for (const log of printed(false, say)) {
      const { azure = [], ...others } = commandsIn(log);
      expect(others, log).toEqual({ github: [], teamcity: [], gitlab: [] });
      expect(azure.length, log).toBe(1);
      expect(azureCommand(log), log).toMatchObject({
        name: 'task.logissue',
        properties: { type: 'error', linenumber: '1', code: 'rule' },
      });
    }
  });

  test.each([
    ['GitLab', (text: string) => renderGitlab(reportOf(text))],
    ['SARIF', (text: string) => renderSarif(reportOf(text), { version: '1.0.0', rules: [] })],
  ])('in the document for %s', (_name, render) => {
    const say = (output: Output, text: string) => output.foreign(render(text));
    for (const log of printed(false, say)) {
      expect(commandsIn(log), log).toEqual(NONE);
      expect(() => JSON.parse(log), log).not.toThrow();
    }
  });
});

test.each([
  ['It said\n::error::x', 'It said : :error::x\n'],
  ['Fortnox::Error is a name', 'Fortnox::Error is a name\n'],
  ['a ##vso[b] and ##[c]', 'a # #vso[b] and # #[c]\n'],
  ['## A heading [x]', '## A heading [x]\n'],
])('%j is printed as %j', (text, shown) => {
  let log = '';
  const stream = {
    write: (more: string) => {
      log += more;
    },
  };
  const looks = { json: false, verbose: false, color: false };
  new Output({ stdout: stream, stderr: stream, ...looks }).note(text);
  expect(log).toBe(shown);
});
