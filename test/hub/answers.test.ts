import { describe, expect, test } from 'vitest';
import { answers, failureOf, filesOf, parseAnswer } from '../../src/hub/answers.js';
import { isAnswer } from '../../src/hub/request.js';

describe('given an answer in JSON, when it is read', () => {
  test.each<[keyof typeof answers, unknown]>([
    ['setting', {}],
    ['setting', { key: '_a', value: null, type: 'string', tag: [], role: [], more: 1 }],
    ['settingsMap', { _a: 1, _b: null }],
    ['workflows', { records: [{ key: 'a', name: 'A' }], total: 1 }],
    ['tree', [{ path: 'a', type: 'folder', children: [{ path: 'a/b', type: 'file' }] }]],
    ['file', { content: '', encoding: 'base64' }],
    ['run', {}],
    ['run', { output: null }],
  ])('a %s such as %j is taken as it is', (name, json) => {
    expect(parseAnswer<unknown>(answers[name], json, '/path')).toEqual(json);
  });

  test.each<[keyof typeof answers, unknown]>([
    ['setting', 'text'],
    ['setting', { tag: 'fortnox' }],
    ['settingsMap', []],
    ['workflows', []],
    ['workflows', { records: [{ name: 'without a key' }] }],
    ['tree', { path: 'a', type: 'file' }],
    ['tree', [{ path: 'a', type: 'folder', children: 'none' }]],
    ['file', { content: 1 }],
    ['run', null],
  ])('a %s such as %j is refused, with its path and exit code 6', (name, json) => {
    const read = () => parseAnswer<unknown>(answers[name], json, '/path');
    expect(read).toThrow('The Hub answered /path with something that its API does not document.');
    expect(read).toThrow(expect.objectContaining({ code: 'hub_unexpected', exitCode: 6 }));
  });
});

describe('the files of a tree', () => {
  const file = (path: string) => ({ path, type: 'file' });

  test.each<[string, Parameters<typeof filesOf>[0], string[]]>([
    ['nothing in it', [], []],
    ['files at its top', [file('a'), file('b')], ['/a', '/b']],
    ['a slash in front already', [file('/a')], ['/a']],
    [
      'folders in folders',
      [
        {
          path: 'x',
          type: 'folder',
          children: [{ path: 'x/y', type: 'folder', children: [file('x/y/a')] }],
        },
      ],
      ['/x/y/a'],
    ],
    ['an empty folder', [{ path: 'x', type: 'folder', children: [] }], []],
  ])('with %s', (_name, tree, paths) => {
    expect([...filesOf(tree)].sort()).toEqual(paths);
  });
});

describe('the sentence of a failed run', () => {
  test.each<[unknown, string]>([
    [{ error: { message: 'Activate again.' } }, 'Activate again.'],
    [{ error: { message: 'Activate again.' }, message: 'failed' }, 'Activate again.'],
    [{ error: 'Bad Gateway', message: 'Activate again.' }, 'Activate again.'],
    [{ error: {}, message: 'Activate again.' }, 'Activate again.'],
    [{ message: 'Activate again.' }, 'Activate again.'],
    [{ error: { message: 42 } }, ''],
    [{}, ''],
    [null, ''],
    [undefined, ''],
    ['Activate again.', ''],
    [[], ''],
  ])('in %j is "%s"', (json, sentence) => {
    expect(failureOf(json)).toBe(sentence);
  });
});

describe('an answer is told from a failure', () => {
  const get = { method: 'GET', path: '/a' } as const;
  const data = {};

  test.each<[string, Parameters<typeof isAnswer>, boolean]>([
    ['data', [get, 200, data, false], true],
    ['null, which is JSON', [get, 200, null, false], true],
    ['nothing', [get, 200, undefined, false], false],
    [
      'nothing, where anything will do',
      [{ ...get, isAnswerOpen: true }, 204, undefined, false],
      true,
    ],
    [
      'a web page, where anything will do',
      [{ ...get, isAnswerOpen: true }, 200, undefined, true],
      false,
    ],
    ['a redirect', [get, 302, data, false], false],
    ['404', [get, 404, data, false], false],
    ['404, which is asked for', [{ ...get, accept: [404] }, 404, undefined, false], true],
    [
      '404 as a web page, which is asked for',
      [{ ...get, accept: [404] }, 404, undefined, true],
      false,
    ],
    ['404 of what a Hub need not have', [{ ...get, optional: true }, 404, undefined, true], true],
    ['501 of what a Hub need not have', [{ ...get, optional: true }, 501, undefined, false], true],
    ['500 of what a Hub need not have', [{ ...get, optional: true }, 500, data, false], false],
  ])('%s', (_name, given, expected) => {
    expect(isAnswer(...given)).toBe(expected);
  });
});
