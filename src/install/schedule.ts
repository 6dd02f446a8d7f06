import { WORKFLOWS } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { BlueprintError, InterruptedError } from '../core/errors.js';
import { runningProcesses, startWorkflow } from '../hub/lifecycle.js';
import { isDrift } from './change.js';
import type { Plan } from './plan.js';
import type { Target } from './target.js';

/**
 * What became of the daily refresh: started now, running already, nothing to be done about it, or to be started by a
 * person.
 */
export type Schedule = 'started' | 'running' | 'untouched' | 'by-hand';

const NAME = 'Fortnox: keep the connection alive';

/** What a person has to do where the Hub can't be told to. */
export const START_BY_HAND = `Start the daily refresh once: in the Hub, open Workflows, "${NAME}" (${WORKFLOWS.schedule}), and press Start.`;

/** @returns whether the schedule has to be started: starting is what is documented to arm a timer, importing is not */
export function needsStart({ config, isImportOpen }: Plan): boolean {
  // A run that died after its import has not started it either.
  return config.some(
    (change) => change.id === WORKFLOWS.schedule && (isDrift(change) || isImportOpen),
  );
}

/**
 * Looks whether the daily refresh runs; may be asked while the import is made.
 *
 * @returns undefined where the Hub doesn't say
 */
export async function isScheduleRunning({ hub, context }: Target): Promise<boolean | undefined> {
  const running = await orWarn(runningProcesses(hub, WORKFLOWS.schedule), context);
  return running && running.length > 0;
}

/**
 * Starts the daily refresh, unless the Hub shows that it runs: what a second start does is documented nowhere.
 *
 * @param isRunning undefined where the Hub doesn't say
 */
export async function armSchedule(
  plan: Plan,
  isRunning: boolean | undefined,
  { hub, context }: Target,
): Promise<Schedule> {
  if (!needsStart(plan)) {
    return 'untouched';
  }
  if (isRunning) {
    return 'running';
  }
  if (isRunning === undefined && !isScheduleNew(plan)) {
    // An earlier run may have started it.
    return 'by-hand';
  }
  const isStarted = await orWarn(startWorkflow(hub, WORKFLOWS.schedule, NAME), context);
  return isStarted ? 'started' : 'by-hand';
}

function isScheduleNew({ config }: Plan): boolean {
  return config.some((change) => change.id === WORKFLOWS.schedule && isDrift(change));
}

/** An installation is whole without its schedule: what goes wrong with that is told, and done by hand. */
async function orWarn<T>(answer: Promise<T>, { output }: Context): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof BlueprintError) || error instanceof InterruptedError) {
      throw error;
    }
    output.warn(`The daily refresh could not be started: ${error.message}`);
    return undefined;
  }
}
