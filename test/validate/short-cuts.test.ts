import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moddleProblems } from '../../src/validate/flow/moddle.js';
import { isPlain } from '../../src/validate/flow/plain.js';
import { readPlainXml } from '../../src/validate/source/plain-xml.js';
import { readAnyXml, readXml, type XmlDocument } from '../../src/validate/source/xml.js';
import { bpmnMutations } from './mutate/bpmn.js';

const ROOT = join(import.meta.dirname, '../..');
const EVERY = 40;
const LIGHTER = pathToFileURL(join(ROOT, 'tools/lighter/is-expression.mjs')).href;
const flows = readdirSync(join(ROOT, 'flows')).map((name) =>
  readFileSync(join(ROOT, 'flows', name), 'utf8'),
);
const changed = flows
  .flatMap((text) => [...bpmnMutations('flows/x.bpmn', text)])
  .filter((_, nth) => nth % EVERY === 0)
  .flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
const small = [...flows].sort((a, b) => a.length - b.length)[0] ?? '';

const PIECES = [
  ...['<', '>', '"', "'", '/', '&', ' ', '\n', '=', ':', '\u0000', '\u00a0', '\ufeff'],
  ...['<![CDATA[', ']]>', '<![CDATA[]]>', '<!--', '-->', '<!-->', '<!-- onify-ignore x: y -->'],
  ...['&lt;', '&#65;', '&#x41;', '&AMP;', '&Amp;', '&nbsp;', '<?x ?>', '<!DOCTYPE a>'],
  ...[
    ' a="b"',
    ' id="x"',
    ' xml:space="preserve"',
    ' xmlns:q="u"',
    ' __proto__="1"',
    ' xsi:type="x"',
  ],
  ...[
    '<bpmn:task/>',
    '<bpmn:task />',
    '<a/>',
    '</bpmn:process>',
    '<bpmn:laneSet />',
    '<camunda:in />',
  ],
];
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    isAtTag: fc.boolean(),
    length: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 })),
    put: fc.constantFrom(...PIECES),
  }),
  { minLength: 1, maxLength: 3 },
);
const edited = edits.map((all) =>
  all.reduce((text, { at, isAtTag, length, put }) => {
    const near = Math.floor(at * text.length);
    const from = isAtTag ? text.indexOf('>', near) + 1 : near;
    return text.slice(0, from) + put + text.slice(from + length);
  }, small),
);

/** All that a document tells, with numbers in place of references. */
function flat({ elements, comments, problems, isCut }: XmlDocument) {
  const places = new Map(elements.map((element, nth) => [element, nth]));
  return {
    elements: elements.map(({ name, attributes, parent, children, text, start, textStart }) => [
      ...[name, Object.entries(attributes), parent && places.get(parent), text, start, textStart],
      children.map((child) => places.get(child)),
    ]),
    comments: comments.map(({ parent, ...comment }) => ({
      ...comment,
      parent: parent && places.get(parent),
    })),
    problems,
    isCut,
  };
}

describe('XML as modelers write it is read in one pass', () => {
  const expectSame = (text: string): boolean => {
    const plain = readPlainXml(text);
    if (plain) {
      expect(flat(plain)).toEqual(flat(readAnyXml(text)));
    }
    return plain !== undefined;
  };

  test('as the parser of any XML reads it, for the shipped flows and what a slip makes of them', () => {
    const texts = [...flows, ...changed];
    expect(texts.filter(expectSame).length).toBeGreaterThan(texts.length * 0.8);
  });

  test('as that parser reads it, or not at all, whatever is put into a flow', () => {
    fc.assert(
      fc.property(edited, (text) => {
        expectSame(text);
      }),
      { numRuns: 300 },
    );
  });
});

describe('moddle is asked only where it may have something to say', () => {
  const isSilent = async (text: string): Promise<boolean> => {
    const plain = isPlain(readXml(text));
    if (plain) {
      expect(await moddleProblems(text)).toEqual([]);
    }
    return plain;
  };

  test('not of the shipped flows, and it has nothing to say of them', async () => {
    expect(await Promise.all(flows.map(isSilent))).toEqual(flows.map(() => true));
  });

  test('nor of what it has nothing to say of, among what a slip makes of them', async () => {
    for (const text of changed) {
      await isSilent(text);
    }
  });

  test('whatever is put into a flow', async () => {
    const property = fc.asyncProperty(edited, async (text) => {
      await isSilent(text);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

describe('an expression of a form is one', () => {
  const load = createRequire(import.meta.url);
  const original = load('is-expression') as (text: string, options?: object) => boolean;

  test.each([
    ...[
      'a',
      'a + 1',
      '{a: 1}',
      'a ? b : c',
      '`x${y}`',
      'async () => await b',
      'a => a',
      '/x/g',
      '"\u00e5"',
    ],
    ...[
      '',
      ' ',
      'a b',
      'a;',
      'a // b',
      'a /* b */',
      'if (a) b',
      'a ?? b',
      'a?.b',
      '1n',
      'await a',
      '\u{1F600}',
      'yield',
    ],
    ...[
      'a)',
      '(a',
      '"a',
      'class {}',
      'function () {}',
      'import("x")',
      'new.target',
      'return a',
      'let a',
      'åäö',
      '1_000',
    ],
  ])('%j is taken for what the package takes it for', async (text) => {
    const { default: isExpression } = (await import(LIGHTER)) as {
      readonly default: typeof original;
    };
    expect(isExpression(text)).toBe(original(text));
  });
});
