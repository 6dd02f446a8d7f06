import { expect, test } from 'vitest';
import { cli } from '../support/run-cli.js';

const ESCAPE = '\u001b[';

test.each<[string, Record<string, string>, boolean]>([
  ['nothing is set, and no terminal is there', {}, false],
  ['FORCE_COLOR asks for it', { FORCE_COLOR: '1' }, true],
  ['NO_COLOR is set, whatever else asks for it', { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ['NO_COLOR is empty, which is not set', { FORCE_COLOR: '1', NO_COLOR: '' }, true],
  ['the terminal is dumb', { FORCE_COLOR: '1', TERM: 'dumb' }, false],
])('where %s, the colour of an error heeds it', async (_name, env, isColoured) => {
  const { code, stderr } = await cli(['instal'], { env });
  expect(code).toBe(2);
  expect(stderr.includes(ESCAPE)).toBe(isColoured);
});
