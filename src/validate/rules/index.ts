import type { Rule, RuleGroup } from '../rule.js';
import { configRules } from './config.js';
import { connectorRules } from './connector.js';
import { connectorNameRules } from './connector-name.js';
import { connectorOptionRules } from './connector-option.js';
import { contentRules } from './content.js';
import { dataRules } from './data.js';
import { expressionRules } from './expression.js';
import { fileRules } from './file.js';
import { flowDiagramRules } from './flow-diagram.js';
import { flowEventRules } from './flow-event.js';
import { flowFileRules } from './flow-file.js';
import { flowGatewayRules } from './flow-gateway.js';
import { flowReferenceRules } from './flow-reference.js';
import { flowStructureRules } from './flow-structure.js';
import { formRules } from './form.js';
import { ignoreRules } from './ignore.js';
import { milestoneRules } from './milestone.js';
import { processNameRules } from './process-name.js';
import { referenceRules } from './reference.js';
import { scriptRules } from './script.js';
import { scriptNameRules } from './script-name.js';
import { secretRules } from './secret.js';
import { secretLeftRules } from './secret-left.js';
import { settingRules } from './setting.js';
import { settingNameRules } from './setting-name.js';
import { taskRules } from './task.js';
import { timerRules } from './timer.js';

/** Rules that belong together, under the heading of the docs. */
export const ruleGroups: readonly RuleGroup[] = [
  {
    title: 'Files and config.json',
    rules: [...fileRules, ...configRules, ...referenceRules, ...processNameRules, ...secretRules],
  },
  {
    title: 'Flows',
    rules: [
      ...flowFileRules,
      ...flowReferenceRules,
      ...flowStructureRules,
      ...flowGatewayRules,
      ...flowEventRules,
      ...flowDiagramRules,
      ...timerRules,
    ],
  },
  {
    title: 'Calls and expressions',
    rules: [
      ...connectorRules,
      ...connectorOptionRules,
      ...connectorNameRules,
      ...expressionRules,
      ...dataRules,
      ...contentRules,
    ],
  },
  {
    title: 'Tasks and scripts',
    rules: [...taskRules, ...milestoneRules, ...scriptRules, ...scriptNameRules],
  },
  { title: 'Settings', rules: [...settingRules, ...settingNameRules, ...secretLeftRules] },
  { title: 'Forms', rules: formRules },
  { title: 'What silences and sets rules', rules: ignoreRules },
];

/** Every rule that holds for any blueprint. */
export const rules: readonly Rule[] = ruleGroups.flatMap(({ rules: group }) => group);
