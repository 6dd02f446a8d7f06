import type { RuleGroup } from '../rule.js';
import { connectorRules } from './connector.js';
import { connectorNameRules } from './connector-name.js';
import { connectorOptionRules } from './connector-option.js';
import { connectorTypeRules } from './connector-type.js';
import { connectorValueRules } from './connector-value.js';
import { contentRules } from './content.js';
import { dataRules } from './data.js';
import { encodingRules } from './encoding.js';
import { expressionRules } from './expression.js';
import { flowDiagramRules } from './flow-diagram.js';
import { flowEventRules } from './flow-event.js';
import { flowFileRules } from './flow-file.js';
import { flowGatewayRules } from './flow-gateway.js';
import { flowReferenceRules } from './flow-reference.js';
import { flowSenseRules } from './flow-sense.js';
import { flowStructureRules } from './flow-structure.js';
import { hubAnswerRules } from './hub-answer.js';
import { milestoneRules } from './milestone.js';
import { outputRules } from './output.js';
import { payloadRules } from './payload.js';
import { scriptRules } from './script.js';
import { scriptNameRules } from './script-name.js';
import { scriptSlipRules } from './script-slip.js';
import { settingWriteRules } from './setting-write.js';
import { subProcessRules } from './sub-process.js';
import { taskRules } from './task.js';
import { timerRules } from './timer.js';

/** Rules about flows, under their headings; they need no folder, and nothing of Node. */
export const flowGroups: readonly RuleGroup[] = [
  {
    title: 'Flows',
    rules: [
      ...flowFileRules,
      ...flowReferenceRules,
      ...flowStructureRules,
      ...flowGatewayRules,
      ...flowEventRules,
      ...flowSenseRules,
      ...flowDiagramRules,
      ...timerRules,
    ],
  },
  {
    title: 'Calls and expressions',
    rules: [
      ...connectorRules,
      ...connectorOptionRules,
      ...connectorTypeRules,
      ...connectorNameRules,
      ...connectorValueRules,
      ...payloadRules,
      ...hubAnswerRules,
      ...encodingRules,
      ...settingWriteRules,
      ...expressionRules,
      ...dataRules,
      ...outputRules,
      ...subProcessRules,
      ...contentRules,
    ],
  },
  {
    title: 'Tasks and scripts',
    rules: [
      ...taskRules,
      ...milestoneRules,
      ...scriptRules,
      ...scriptNameRules,
      ...scriptSlipRules,
    ],
  },
];
