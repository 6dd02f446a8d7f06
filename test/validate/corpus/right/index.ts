import { rightCalls } from './calls.js';
import { rightDrawings } from './drawing.js';
import { rightFlows } from './flows.js';
import { rightForms } from './forms.js';
import { rightLayouts } from './layouts.js';
import type { Right } from './right.js';
import { rightScripts } from './scripts.js';
import { rightSubProcesses } from './sub-processes.js';
import { rightTasks } from './tasks.js';
import { rightValues } from './values.js';

/** All blueprints that are right, by what they are. */
export const right: Readonly<Record<string, Right>> = {
  ...rightLayouts,
  ...rightScripts,
  ...rightFlows,
  ...rightSubProcesses,
  ...rightDrawings,
  ...rightCalls,
  ...rightTasks,
  ...rightForms,
  ...rightValues,
};
