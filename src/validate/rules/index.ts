import type { Rule, RuleGroup } from '../rule.js';
import { configRules } from './config.js';
import { connectorRules } from './connector.js';
import { connectorOptionRules } from './connector-option.js';
import { dataRules } from './data.js';
import { expressionRules } from './expression.js';
import { fileRules } from './file.js';
import { flowDiagramRules } from './flow-diagram.js';
import { flowFileRules } from './flow-file.js';
import { flowGatewayRules } from './flow-gateway.js';
import { flowReferenceRules } from './flow-reference.js';
import { flowStructureRules } from './flow-structure.js';
import { formRules } from './form.js';
import { milestoneRules } from './milestone.js';
import { referenceRules } from './reference.js';
import { scriptRules } from './script.js';
import { secretRules } from './secret.js';
import { settingRules } from './setting.js';
import { taskRules } from './task.js';
import { timerRules } from './timer.js';

/** Rules that belong together, under the heading of the docs. */
export const ruleGroups: readonly RuleGroup[] = [
  {
    title: 'Files and config.json',
    rules: [...fileRules, ...configRules, ...referenceRules, ...secretRules],
  },
  {
    title: 'Flows',
    rules: [
      ...flowFileRules,
      ...flowReferenceRules,
      ...flowStructureRules,
      ...flowGatewayRules,
      ...flowDiagramRules,
      ...timerRules,
    ],
  },
  {
    title: 'Calls and expressions',
    rules: [...connectorRules, ...connectorOptionRules, ...expressionRules, ...dataRules],
  },
  { title: 'Tasks and scripts', rules: [...taskRules, ...milestoneRules, ...scriptRules] },
  { title: 'Settings', rules: settingRules },
  { title: 'Forms', rules: formRules },
];

/** Every rule that holds for any blueprint. */
export const rules: readonly Rule[] = ruleGroups.flatMap(({ rules: group }) => group);
