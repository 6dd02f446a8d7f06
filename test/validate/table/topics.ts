import { configuration } from './config.js';
import { connector } from './connector.js';
import { connectorNames } from './connector-name.js';
import { connectorOption } from './connector-option.js';
import { connectorType } from './connector-type.js';
import { connectorValues } from './connector-value.js';
import { contents } from './content.js';
import { data } from './data.js';
import { expression } from './expression.js';
import { failures } from './failure.js';
import { file } from './file.js';
import { flowDiagram } from './flow-diagram.js';
import { flowEvents } from './flow-event.js';
import { flowFile } from './flow-file.js';
import { flowGateway } from './flow-gateway.js';
import { flowSense } from './flow-sense.js';
import { flowStructure } from './flow-structure.js';
import { forms } from './form.js';
import { formCondition } from './form-condition.js';
import { formElement } from './form-element.js';
import { formField } from './form-field.js';
import { formSense } from './form-sense.js';
import { formSubmitted } from './form-submitted.js';
import { formText } from './form-text.js';
import { fortnox } from './fortnox.js';
import { given } from './given.js';
import { hubAnswers } from './hub-answer.js';
import { ignores } from './ignore.js';
import { milestone } from './milestone.js';
import { output } from './output.js';
import { payloads } from './payload.js';
import { processNames } from './process-name.js';
import { reference } from './reference.js';
import { rights } from './rights.js';
import type { Topic } from './rows.js';
import { runs } from './run.js';
import { scripts } from './script.js';
import { scriptNames } from './script-name.js';
import { scriptSlips } from './script-slip.js';
import { secret } from './secret.js';
import { secretsLeft } from './secret-left.js';
import { settings } from './setting.js';
import { settingNames } from './setting-name.js';
import { tasks } from './task.js';
import { timers } from './timer.js';

/** The table, in the order of the docs; what a topic finds is written down under its name. */
export const topics: Readonly<Record<string, Topic>> = {
  file,
  failure: failures,
  config: configuration,
  reference,
  secret,
  'flow-file': flowFile,
  'flow-structure': flowStructure,
  'flow-gateway': flowGateway,
  'flow-sense': flowSense,
  'flow-diagram': flowDiagram,
  timer: timers,
  connector,
  'connector-option': connectorOption,
  'connector-type': connectorType,
  expression,
  data,
  output,
  task: tasks,
  milestone,
  script: scripts,
  setting: settings,
  form: forms,
  'form-element': formElement,
  'form-field': formField,
  'form-condition': formCondition,
  'form-text': formText,
  'flow-event': flowEvents,
  'script-name': scriptNames,
  'script-slip': scriptSlips,
  content: contents,
  'connector-name': connectorNames,
  'connector-value': connectorValues,
  payload: payloads,
  'hub-answer': hubAnswers,
  rights,
  given,
  run: runs,
  'form-submitted': formSubmitted,
  'setting-name': settingNames,
  'secret-left': secretsLeft,
  'form-sense': formSense,
  'process-name': processNames,
  fortnox,
  ignore: ignores,
};
