import { type Found, rulesOf, unknownName } from '../rule.js';
import type { Chain, ScriptUse } from '../script/facts.js';
import { ANSWER, LACKING, LANGUAGE, SANDBOX } from '../script/sandbox.js';
import { isPlainHttp, PLAIN_HTTP, type Position, problem, words } from '../text.js';
import { outOfEnvironment, outOfVariables } from './environment.js';
import { isSecret } from './script-name.js';

/** Members of an answer that scripts elsewhere look for as names. */
const OF_ANSWER: ReadonlySet<string> = new Set(words('statusCode statusMessage body headers'));
const KNOWN = [...SANDBOX, ...LANGUAGE];
/** Names of a script; comparing each with more of them would take time that grows with its square. */
const MAX_DECLARED = 60;
/** The one member that the sandbox gives each of these. */
const ONLY = { Buffer: 'from', console: 'log' } as const;

/** Rules about what a script holds, wherever it stands. */
export const scriptRules = rulesOf({
  'script-syntax': {
    error: 'A script with a syntax error fails the flow when it is reached.',
    script: (use) => {
      const { problem: wrong } = use.facts;
      if (!wrong) {
        return [];
      }
      if (/^'import' and 'export'/.test(wrong.message)) {
        const message = 'A script is not a module: it has neither import nor export. Remove it.';
        return [at(use, wrong, message)];
      }
      const hint = wrong.message.startsWith("'return' outside")
        ? ' Use if and else, or wrap the script in a function.'
        : ' Mend it here, or right before.';
      return [at(use, wrong, wrong.message + hint)];
    },
  },
  'script-next': {
    error: 'A script that never calls next holds the flow for ever.',
    script: (use) => {
      const message =
        'This script never calls next, so the flow waits for ever. Call it at the end.';
      return [
        !use.facts.problem && use.facts.next === 'never' && at(use, use.facts.start, message),
      ];
    },
  },
  'script-next-path': {
    warning: 'Where a path through a script ends without next, the flow waits for ever.',
    script: (use) => {
      const message = 'A path through here ends without next. Call it on every path.';
      const { next, branch, start, answers } = use.facts;
      // Where every call has an error, it's the good path that is held.
      const severity = answers.length === 0 ? 'error' : 'warning';
      const place = placeIn(use, branch ?? start);
      return [next === 'sometimes' && problem(place, message, severity)];
    },
  },
  'script-global': {
    error:
      "The Hub's sandbox has the language, Buffer.from and console.log, and little else; other names throw.",
    script: (use) => [
      ...use.facts.free.map((free): Found => {
        const instead = LACKING.get(free.name);
        const message = `The sandbox has no ${free.name}. ${instead}`;
        return instead !== undefined && at(use, free, message);
      }),
      ...use.facts.chains.map((chain): Found => {
        const [, root, member] = /^(Buffer|console)\.([^.]+)/.exec(chain.path) ?? [];
        const only = ONLY[root as keyof typeof ONLY];
        const message = `The sandbox has no ${root}.${member}, only ${root}.${only}.`;
        return root !== undefined && member !== only && member !== '*' && at(use, chain, message);
      }),
    ],
  },
  'script-functions': {
    warning: 'Only newer Hubs have the object functions; on an older one the script throws.',
    script: (use) => {
      const message = 'Not every Hub has functions. Ask with typeof first, and go on without.';
      return named(use, 'functions', message);
    },
  },
  'script-name': {
    warning: 'A name that is declared nowhere throws when the script comes to it.',
    script: (use) =>
      use.facts.free.map((free): Found => {
        const { name } = free;
        const isKnown = SANDBOX.has(name) || LANGUAGE.has(name) || LACKING.has(name);
        if (isKnown || (use.isConnectorOutput && ANSWER.has(name))) {
          return false;
        }
        // A script file may be a connector's elsewhere.
        if (use.element !== undefined && OF_ANSWER.has(name)) {
          const message = `${name} is a name in the outputs of a connector alone. Take it from what the task put out.`;
          return problem(placeIn(use, free), message, 'error');
        }
        const known = [
          ...(use.facts.declared.length > MAX_DECLARED ? [] : use.facts.declared),
          ...(use.isConnectorOutput ? ANSWER : []),
          ...KNOWN,
        ];
        return unknownName(placeIn(use, free), name, known, `Nothing declares ${name}.`);
      }),
  },
  'script-path': {
    error: 'The environment has variables, output, services and settings, and nothing else.',
    script: (use) => {
      // A variable that the script makes itself is there, and one that is not is told once.
      const settled = new Set(
        use.facts.chains.flatMap(({ path, access }) =>
          access === 'write' ? variableOf(path) : [],
        ),
      );
      return use.facts.chains.map((chain): Found => {
        const member = /^environment\.([\w$]+)/.exec(chain.path)?.[1] ?? '';
        // A write may make a member; one into a member of it throws.
        const makes = chain.access === 'write' && chain.path === `environment.${member}`;
        const place = placeIn(use, chain);
        const wrong = !makes && outOfEnvironment(place, member);
        const [variable = ''] = variableOf(chain.path);
        if (wrong || variable === '' || settled.has(variable)) {
          return wrong;
        }
        settled.add(variable);
        return outOfVariables(place, chain.path);
      });
    },
  },
  'script-console': {
    warning: "What a script prints stands in the Hub's log for good, secrets included.",
    // A secret that is printed has a rule of its own, and so has what the sandbox's console lacks.
    script: (use) =>
      use.facts.printed.some(isSecret) || use.facts.chains.some(isForeignConsole)
        ? []
        : named(use, 'console', 'Remove console.log, or use logger; never print a secret.'),
  },
  'script-http': {
    warning: 'Over plain http anyone in between can read the traffic and answer it.',
    script: (use) =>
      use.facts.literals.map((one): Found => isPlainHttp(one.value) && at(use, one, PLAIN_HTTP)),
  },
});

function variableOf(path: string): string[] {
  const name = /^environment\.variables\.([\w$]+)/.exec(path)?.[1];
  return name === undefined ? [] : [name];
}

/** Whether a member of the console is used that the sandbox does not have. */
function isForeignConsole({ path }: Chain): boolean {
  const [root, member = 'log'] = path.split('.');
  return root === 'console' && member !== ONLY.console && member !== '*';
}

function named(use: ScriptUse, name: string, message: string): Found[] {
  return use.facts.free.map((free): Found => free.name === name && at(use, free, message));
}

function at(use: ScriptUse, place: Position, message: string) {
  return problem(placeIn(use, place), message);
}

function placeIn({ element }: ScriptUse, { line, column }: Position) {
  return { element, line, column };
}
