import { type Definitions, lintDefinitions, type Report } from './lint.js';
import { modelerRules } from './rules.js';

/** What bpmnlint hands to a rule. */
interface Reporter {
  report(id: string, message: string): void;
}

/** A rule of bpmnlint: it makes what looks at each element of a diagram. */
type RuleFactory = () => {
  check: (element: Definitions, reporter: Reporter) => false | undefined;
};

/** A rule set of bpmnlint. */
interface RuleSet {
  readonly rules: Readonly<Record<string, 'warn' | 'error'>>;
}

const PLUGIN = 'fortnox-blueprint';
const PACKAGE = `bpmnlint-plugin-${PLUGIN}`;

/** The rules, by their ids. */
export const ruleFactories: Readonly<Record<string, RuleFactory>> = Object.fromEntries(
  modelerRules.map(({ id }) => [id, () => ({ check: checkOf(id) })]),
);

/** The rule sets: `recommended` is as strict as `validate`, `strict` takes every warning for an error. */
export const configs: Readonly<Record<'recommended' | 'strict', RuleSet>> = {
  recommended: {
    rules: Object.fromEntries(
      modelerRules.map(({ id, severity }) => [id, severity === 'error' ? 'error' : 'warn']),
    ),
  },
  strict: { rules: Object.fromEntries(modelerRules.map(({ id }) => [id, 'error'])) },
};

/** Finds the rules and rule sets of this plugin for bpmnlint's `Linter`, where no folder of packages is at hand. */
export const resolver = {
  /** @throws Error where there is no such rule */
  resolveRule(pkg: string, name: string): RuleFactory {
    return found(pkg === PACKAGE ? ruleFactories[name] : undefined, `rule ${pkg}/${name}`);
  },
  /** @throws Error where there is no such rule set */
  resolveConfig(pkg: string, name: string): RuleSet {
    const sets: Readonly<Record<string, RuleSet>> = configs;
    return found(pkg === PACKAGE ? sets[name] : undefined, `config ${pkg}/${name}`);
  },
};

/** What bpmn-js-bpmnlint takes as `linting.bpmnlint`: the recommended rules, and where they are. */
export const linting = {
  config: { extends: `plugin:${PLUGIN}/recommended` },
  resolver,
};

/** What each diagram was told, until the linter has asked every rule; then it may be drawn on. */
const told = new WeakMap<Definitions, ReturnType<typeof lintDefinitions>>();

function checkOf(rule: string) {
  return (element: Definitions, reporter: Reporter) => {
    if (element.$type === 'bpmn:Definitions') {
      for (const { id, message } of reportsOf(element).get(rule) ?? []) {
        reporter.report(id, message);
      }
    }
    // The rules read the whole diagram at once.
    return false as const;
  };
}

/** bpmnlint asks one rule after another without a pause, and the diagram can't change meanwhile. */
function reportsOf(definitions: Definitions): ReadonlyMap<string, readonly Report[]> {
  const known = told.get(definitions);
  if (known) {
    return known;
  }
  const reports = lintDefinitions(definitions);
  told.set(definitions, reports);
  queueMicrotask(() => told.delete(definitions));
  return reports;
}

function found<Kind>(value: Kind | undefined, what: string): Kind {
  if (value === undefined) {
    throw new Error(`${PACKAGE} has no ${what}.`);
  }
  return value;
}
