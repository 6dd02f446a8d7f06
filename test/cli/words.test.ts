import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/commands/index.js';
import { optionsOf } from '../../src/commands/options.js';
import { listed, parsed } from '../../src/commands/words.js';

const OPTIONS = commands.flatMap(optionsOf).map(({ name }) => `--${name}`);
const ODD = ['-h', '-v', '--', '-', '', '--jso', '--json=1', '--wait=5', '-x', 'a b', '--no-json'];

/** A command line, of words, of options that there are, and of what is neither. */
const lines = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...commands.map(({ name }) => name), '5', './a.txt') },
    { weight: 6, arbitrary: fc.constantFrom(...OPTIONS) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD) },
  ),
  { maxLength: 6 },
);

describe('a line that is read without a parser', () => {
  test('is read as commander reads it', () => {
    fc.assert(
      fc.property(lines, (line) => {
        const words = listed(line, commands);
        fc.pre(words !== undefined);
        expect(words).toEqual(parsed(line, commands));
      }),
    );
  });

  test.each([['status --json'], ['install --dry-run --timeout 5 --json'], ['completion bash']])(
    '%s is one',
    (line) => {
      expect(listed(line.split(' '), commands)).toBeDefined();
    },
  );

  test.each([['status --jso'], ['install --skip config'], ['install --wait=5'], ['install -v']])(
    '%s is none',
    (line) => {
      expect(listed(line.split(' '), commands)).toBeUndefined();
    },
  );
});
