import { ruleGroups } from './rules/index.js';

const INTRODUCTION = `# What \`validate\` checks

\`fortnox-blueprint validate [DIR]\` reads a blueprint from its folder and asks no Hub. An error ends it with exit code 3;
a warning does so with \`--strict\`. A rule is set to \`off\`, \`warn\` or \`error\` with \`--rule ID=SETTING\`, or for good in
the blueprint's package.json:

    "fortnoxBlueprint": { "rules": { "diagram-missing": "off" } }

\`--no-package-rules\` ignores that, so that a pull request can't switch off what it is checked by. Where a case is worse
or milder than its rule, the finding says so. This page is made from the rules themselves: \`npm run rules\`.
`;

/** @returns docs/rules.md: every rule with its severity and why it is there */
export function rulesPage(): string {
  const groups = ruleGroups.map(({ title, rules }) => {
    const rows = rules.map(({ id, severity, why }) => `| \`${id}\` | ${severity} | ${why} |`);
    return `## ${title}\n\n| rule | severity | why |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return [INTRODUCTION, ...groups].join('\n');
}
