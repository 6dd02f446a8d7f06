import { createRequire } from 'node:module';
import type { Found, Rule, SourceFile } from '../finding.js';

const require = createRequire(import.meta.url);

interface PugError extends Error {
  readonly line?: number;
  readonly column?: number;
  readonly msg?: string;
}

/** Rules about what flows, scripts and forms hold. */
export const contentRules: readonly Rule[] = [
  {
    id: 'bpmn-readable',
    severity: 'error',
    why: 'A flow that can be read only in part runs in part.',
    check: ({ flows }) =>
      flows.flatMap(({ path, error, warnings }): Found[] => [
        ...(error === undefined ? [] : [{ file: path, message: `This is no BPMN: ${error}` }]),
        ...warnings.map(({ message, element }) => ({ file: path, message, ...(element && { element }) })),
      ]),
  },
  {
    id: 'script-syntax',
    severity: 'error',
    why: 'A script with a syntax error fails the flow when it is reached.',
    check: async ({ files, flows }) => {
      const inline = flows.flatMap(({ path, scripts }) =>
        scripts.flatMap(({ element, body }) => (body === undefined ? [] : [{ path, text: body, element }])),
      );
      const all = [...files.filter(({ path }) => path.endsWith('.js')), ...inline];
      const found = await Promise.all(all.map(checkScript));
      return found.flat();
    },
  },
  {
    id: 'script-resource',
    severity: 'error',
    why: 'A script that a flow names but that is not there fails the flow when it is reached.',
    check: ({ flows, locate }) =>
      flows.flatMap(({ path, scripts }) =>
        scripts.flatMap(({ element, resource }): Found[] => {
          if (resource === undefined || resource.includes('${') || locate(resource) !== undefined) return [];
          return [{ file: path, element, message: `There is no script ${resource} in the blueprint.` }];
        }),
      ),
  },
  {
    id: 'pug-syntax',
    severity: 'error',
    why: 'A form with a syntax error does not open.',
    check: ({ files }) => files.filter(({ path }) => path.endsWith('.pug')).flatMap(checkPug),
  },
];

async function checkScript(script: SourceFile & { readonly element?: string }): Promise<Found[]> {
  const { parse } = await import('acorn');
  try {
    parse(script.text, { ecmaVersion: 'latest', sourceType: 'script' });
    return [];
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc?: { line: number; column: number } };
    const { element } = script;
    // Lines of an inline script are counted from its own first one, so only its element is named.
    const place = element === undefined && loc ? { line: loc.line, column: loc.column + 1 } : {};
    return [
      { file: script.path, message: `${message}.`, ...place, ...(element !== undefined && { element }) },
    ];
  }
}

function checkPug({ path, text }: SourceFile): Found[] {
  const lex = require('pug-lexer') as (text: string, options: object) => unknown[];
  const parse = require('pug-parser') as (tokens: unknown[], options: object) => unknown;
  if (text.trim() === '') return [{ file: path, message: 'The form is empty.' }];
  try {
    parse(lex(text, { filename: path }), { filename: path });
    return [];
  } catch (error) {
    const { line, column, msg, message } = error as PugError;
    return [{ file: path, message: `${msg ?? message}.`, ...(line && { line }), ...(column && { column }) }];
  }
}
