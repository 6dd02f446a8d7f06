/** A rule of bpmnlint: it makes what looks at each element of a diagram. */
export type RuleFactory = () => {
  check(
    element: { readonly $type: string; readonly id?: string },
    reporter: { report(id: string, message: string): void },
  ): false | undefined;
};

/** A rule set of bpmnlint. */
export interface RuleSet {
  readonly rules: Readonly<Record<string, 'warn' | 'error'>>;
}

/** The rules, by their ids. */
export const ruleFactories: Readonly<Record<string, RuleFactory>>;

/** The rule sets: `recommended` is as strict as `validate`, `strict` takes every warning for an error. */
export const configs: Readonly<Record<'recommended' | 'strict', RuleSet>>;

/** Finds the rules and rule sets for bpmnlint's `Linter`, where no folder of packages is at hand. */
export const resolver: {
  resolveRule(pkg: string, name: string): RuleFactory;
  resolveConfig(pkg: string, name: string): RuleSet;
};

/** What bpmn-js-bpmnlint takes as `linting.bpmnlint`: the recommended rules, and where they are. */
export const linting: {
  readonly config: { readonly extends: string };
  readonly resolver: typeof resolver;
};
