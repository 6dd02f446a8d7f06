import type { Rule, RuleGroup } from '../rule.js';
import { configRules } from './config.js';
import { failureRules } from './failure.js';
import { fileRules } from './file.js';
import { flowGroups } from './flow.js';
import { formRules } from './form.js';
import { ignoreRules } from './ignore.js';
import { processNameRules } from './process-name.js';
import { referenceRules } from './reference.js';
import { rightsRules } from './rights.js';
import { runRules } from './run.js';
import { secretRules } from './secret.js';
import { secretLeftRules } from './secret-left.js';
import { secretToldRules } from './secret-told.js';
import { settingRules } from './setting.js';
import { settingNameRules } from './setting-name.js';

/** Rules that belong together, under the heading of the docs. */
export const ruleGroups: readonly RuleGroup[] = [
  {
    title: 'Files and config.json',
    rules: [
      ...fileRules,
      ...configRules,
      ...referenceRules,
      ...processNameRules,
      ...runRules,
      ...failureRules,
      ...rightsRules,
      ...secretRules,
    ],
  },
  ...flowGroups,
  {
    title: 'Settings',
    rules: [...settingRules, ...settingNameRules, ...secretLeftRules, ...secretToldRules],
  },
  { title: 'Forms', rules: formRules },
  { title: 'What silences and sets rules', rules: ignoreRules },
];

/** Every rule that holds for any blueprint. */
export const rules: readonly Rule[] = ruleGroups.flatMap(({ rules: group }) => group);
