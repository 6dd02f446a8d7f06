import type { RuleGroup } from './rule.js';
import { ruleGroups } from './rules/index.js';

const INTRODUCTION = `# What \`validate\` checks

\`fortnox-blueprint validate [DIR]\` reads a blueprint from its folder and asks no Hub. An error ends it with exit code 3;
a warning does so with \`--strict\`. A rule is set to \`off\`, \`warn\` or \`error\` with \`--rule ID=SETTING\`, or for good in
the blueprint's \`.onifylint.json\`; one finding is silenced where it stands: [validation.md](validation.md).

Where a case is worse or milder than its rule, the finding says so. A rule that bpmnlint has too has bpmnlint's name.
This page is made from the rules themselves: \`npm run rules\`.
`;

/**
 * @param extraGroups rules besides the validator's own
 * @returns docs/rules.md: every rule with its severity and why it is there
 */
export function rulesPage(extraGroups: readonly RuleGroup[]): string {
  const groups = [...ruleGroups, ...extraGroups].map(({ title, rules }) => {
    const rows = rules.map(({ id, severity, why }) => `| \`${id}\` | ${severity} | ${why} |`);
    return `## ${title}\n\n| rule | severity | why |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return [INTRODUCTION, ...groups].join('\n');
}
