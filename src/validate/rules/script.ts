import { didYouMean } from '../../core/suggest.js';
import type { Found, Rule, ScriptUse } from '../finding.js';
import type { Named, Position } from '../model.js';
import { ANSWER, LACKING, LANGUAGE, SANDBOX } from '../script/sandbox.js';

const KNOWN = [...SANDBOX, ...LANGUAGE];

/** Rules about what a script holds, wherever it stands. */
export const scriptRules: readonly Rule[] = [
  {
    id: 'script-syntax',
    severity: 'error',
    why: 'A script with a syntax error fails the flow when it is reached.',
    script: ({ facts: { problem }, element }) =>
      problem ? [{ ...problem, ...(element && { element }) }] : [],
  },
  {
    id: 'script-next',
    severity: 'error',
    why: 'A script that never calls next holds the flow for ever.',
    script: (use) => {
      if (use.facts.problem || use.facts.next !== 'never') {
        return [];
      }
      return [
        at(
          use,
          { line: 1, column: 1 },
          'This script never calls next, so the flow waits for ever. Call it at the end.',
        ),
      ];
    },
  },
  {
    id: 'script-next-way',
    severity: 'warning',
    why: 'Where a way through a script ends without next, the flow waits for ever.',
    script: (use) => {
      if (use.facts.next !== 'sometimes') {
        return [];
      }
      return [
        at(
          use,
          { line: 1, column: 1 },
          'A way through this script ends without next. Call it on every way.',
        ),
      ];
    },
  },
  {
    id: 'script-global',
    severity: 'error',
    why: "The Hub's sandbox has the language, Buffer.from and console.log, and little else; other names throw.",
    script: (use) => [
      ...use.facts.free.flatMap((free): Found[] => {
        const instead = Object.hasOwn(LACKING, free.name) ? LACKING[free.name] : undefined;
        return instead === undefined
          ? []
          : [at(use, free, `The sandbox has no ${free.name}. ${instead}`)];
      }),
      ...use.facts.chains.flatMap((chain): Found[] => {
        const [, root, member] = /^(Buffer|console)\.([^.]+)/.exec(chain.path) ?? [];
        if (root === undefined || member === undefined || isThere(root, member)) {
          return [];
        }
        const only = root === 'Buffer' ? 'Buffer.from' : 'console.log';
        return [at(use, chain, `The sandbox has no ${root}.${member}, only ${only}.`)];
      }),
    ],
  },
  {
    id: 'script-functions',
    severity: 'warning',
    why: 'Only newer Hubs have functions; on another one the script throws.',
    script: (use) =>
      named(
        use,
        'functions',
        'Not every Hub has functions. Ask with typeof first, and go on without.',
      ),
  },
  {
    id: 'script-name',
    severity: 'warning',
    why: 'A name that is declared nowhere throws when the script comes to it.',
    script: (use) => {
      const isKnown = ({ name }: Named) =>
        SANDBOX.has(name) || LANGUAGE.has(name) || Object.hasOwn(LACKING, name);
      return use.facts.free.flatMap((free): Found[] => {
        if (isKnown(free) || (use.isConnectorOutput && ANSWER.has(free.name))) {
          return [];
        }
        const near = didYouMean(free.name, KNOWN);
        // A Hub may have names that are not public, but none that look like a slip of the pen.
        const severity = near === '' ? ('warning' as const) : ('error' as const);
        return [{ ...at(use, free, `Nothing declares ${free.name}.${near}`), severity }];
      });
    },
  },
  {
    id: 'script-path',
    severity: 'error',
    why: 'The environment has variables, output, services and settings; anything else in it is not there.',
    script: (use) =>
      use.facts.chains.flatMap((chain): Found[] => {
        const member = /^environment\.([\w$]+)/.exec(chain.path)?.[1];
        if (member === undefined || chain.access === 'write' || MEMBERS.includes(member)) {
          return [];
        }
        const near = didYouMean(member, MEMBERS);
        if (near === '') {
          return [];
        }
        return [at(use, chain, `The environment has no ${member}.${near}`)];
      }),
  },
  {
    id: 'script-console',
    severity: 'warning',
    why: "What a script prints stands in the Hub's log for good, secrets included.",
    script: (use) =>
      named(use, 'console', 'Take the printing out, or use logger, and never with a secret.'),
  },
  {
    id: 'script-http',
    severity: 'warning',
    why: 'Over plain http everybody on the way reads along and may answer.',
    script: (use) =>
      use.facts.literals.flatMap((literal): Found[] =>
        isPlainHttp(literal.value)
          ? [at(use, literal, 'This address is plain http. Use https.')]
          : [],
      ),
  },
];

const MEMBERS = ['variables', 'output', 'services', 'settings'];

/** @returns whether a text holds an address that is neither encrypted nor on this machine, nor a mere name */
export function isPlainHttp(text: string): boolean {
  const [, host = ''] = /\bhttp:\/\/([\w.[\]:-]+)/i.exec(text) ?? [];
  if (host === '') {
    return false;
  }
  // XML calls its namespaces by addresses that nobody asks.
  return !/^(localhost|127\.\d|\[::1\]|[\w.]*w3\.org|[\w.]*omg\.org|camunda\.org|schemas?\.)/i.test(
    host,
  );
}

function named(use: ScriptUse, wanted: string, message: string): Found[] {
  return use.facts.free.flatMap((free) => (free.name === wanted ? [at(use, free, message)] : []));
}

function isThere(root: string, member: string): boolean {
  return member === '*' || (root === 'Buffer' ? member === 'from' : member === 'log');
}

function at({ element }: ScriptUse, { line, column }: Position, message: string): Found {
  return { line, column, message, ...(element !== undefined && { element }) };
}
