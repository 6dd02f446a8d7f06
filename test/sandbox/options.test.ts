import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HUB_MODES, usualModes } from '../../sandbox/hub/modes.js';
import { asked, HELP } from '../../sandbox/options.js';
import { folder } from '../support/folder.js';

const optionOf = (mode: string) => mode.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const words = Object.entries(HUB_MODES).flatMap(([mode, { values }]) =>
  (values as readonly (string | boolean)[]).map((value): [string, string, string, unknown] => {
    const word = value === true ? 'works' : value === false ? 'missing' : value;
    return [optionOf(mode), word, mode, value];
  }),
);

describe('the command line of the sandbox', () => {
  test.each(words)('takes --%s %s', (option, word, mode, value) => {
    expect(asked([`--${option}`, word])?.options.modes).toEqual({ [mode]: value });
    expect(HELP).toContain(`--${option} HOW`);
    expect(HELP).toContain(word);
  });

  test.each([
    ['an option that there is none of', ['--latnecy', '5'], 'There is no option --latnecy.'],
    ['a word', ['now'], '"now" is not an option; the sandbox takes no other words.'],
    ['an option without its value', ['--latency'], "Option '--latency <value>' argument missing."],
  ])('answers %s with a sentence that points to --help', (_name, args, sentence) => {
    expect(() => asked(args)).toThrow(`${sentence} --help lists every option.`);
  });

  test('sets no mode by itself, so that the usual ones hold', () => {
    expect(asked([])?.options.modes).toEqual({});
    expect(usualModes).toMatchObject({
      putMissing: 'creates',
      put: 'merges',
      postExisting: 'overwrites',
      passwords: 'readable',
      failures: '502',
    });
  });

  test('starts like a profile, and an option counts more', () => {
    const file = join(folder(), 'profile.json');
    const profile = { format: 1, settings: { put: 'not-found', post: 'conflict' } };
    writeFileSync(file, JSON.stringify(profile));
    const { modes } = asked(['--like', file, '--post-existing', 'overwrites'])?.options ?? {};
    expect(modes).toEqual({ putMissing: 'not-found', postExisting: 'overwrites' });
  });

  test('takes a latency for both sides, and another for one', () => {
    const { latency } = asked(['--latency', '200', '--fortnox-latency', '0:50'])?.options ?? {};
    expect(latency).toEqual({
      hub: { milliseconds: 200, jitter: 0 },
      fortnox: { milliseconds: 0, jitter: 50 },
    });
  });

  test('takes faults by name and in JSON', () => {
    const json = '{"status":503,"path":"/api","times":3}';
    expect(asked(['--fault', 'fortnox 429', '--fault', `hub ${json}`])?.faults).toMatchObject([
      { side: 'fortnox', kind: 'answer', status: 429 },
      { side: 'hub', kind: 'answer', status: 503, path: '/api', times: 3 },
    ]);
  });

  test('takes what Fortnox does', () => {
    const { options, authorize } =
      asked([
        '--fortnox-grace',
        '30',
        '--fortnox-expires-in',
        'text',
        '--fortnox-authorize',
        'x',
      ]) ?? {};
    expect(options?.fortnoxModes).toMatchObject({ gracePeriod: 30_000, expiresIn: 'text' });
    expect(authorize).toEqual({ answer: 'x' });
  });

  test('takes a clock that is ahead, calls that are shown, a limit and a role', () => {
    const argv = ['--clock', '60', '--calls', '--rate-limit', '9', '--token-role', 'user'];
    expect(asked(argv)).toMatchObject({
      clockSeconds: 60,
      isCallShown: true,
      tokenRole: 'user',
      options: { rateLimit: 9 },
    });
  });

  test.each([
    [['--put', 'resets'], '--put takes merges or replaces, not "resets".'],
    [['--swagger', 'true'], '--swagger takes works or missing, not "true".'],
    [['--rate-limit', '-1'], /--rate-limit/],
    [['--clock', 'soon'], '--clock takes seconds, not "soon".'],
    [['--fault', '429'], /--fault takes "hub FAULT"/],
    [['--fault', 'hub 430'], /does not know "430"/],
    [['--token-role', 'root'], /admin or user/],
    [['--fortnox-access-tokens', 'x'], /jwt or opaque/],
    [['--latency', 'x'], /--latency takes milliseconds/],
    [['--like', '/nowhere.json'], /nowhere/],
    [['--unknown'], /unknown/],
  ] as const)('refuses %o', (argv, message) => {
    expect(() => asked([...argv])).toThrow(message);
  });

  test('says what another start keeps, and how it is steered', () => {
    expect(HELP).toMatch(/The next start has the settings.*the token is a new one/s);
    expect(HELP).toContain('POST /_sandbox/restart');
  });
});
