import type { Blueprint } from '../blueprint.js';
import { isOfBodies } from '../flow/connectors.js';
import type { FlowSummary } from '../flow/summary.js';
import type { Use } from '../flow/use.js';
import { attributeOf } from '../form/facts.js';
import { isLetterOff, isOtherSpelling } from '../letter-off.js';
import { nearHint } from '../near.js';
import { type Found, rulesOf } from '../rule.js';
import { type Place, problem } from '../text.js';

/** Rules about what flows hand to one another. */
export const runRules = rulesOf({
  'run-input': {
    error: 'A flow that is run finds its input by name; what has another name does not reach it.',
    blueprint: (blueprint) => {
      const flows = flowsById(blueprint);
      return inputsOf(blueprint).flatMap(({ key, sent, file }) => {
        const takes = flows.get(key)?.takes;
        const isSent = new Set(sent.map(({ name }) => name));
        const missing = takes?.filter((name) => !isSent.has(name)) ?? [];
        return (missing.length > MAX_NAMES ? [] : sent).map(({ name, ...place }): Found => {
          const near = takes?.includes(name)
            ? undefined
            : missing.find((one) => isLetterOff(one, name) || isOtherSpelling(one, name));
          const message = `The flow ${key} reads no ${name}. Did you mean ${near}?`;
          return near !== undefined && problem({ file, ...place }, message);
        });
      });
    },
  },
  'run-output': {
    error: 'The answer holds only what the flow that is run puts into its output.',
    blueprint: (blueprint) => {
      const flows = flowsById(blueprint);
      return blueprint.flows.flatMap(({ path, exchange }) =>
        exchange.calls.flatMap(({ key, read, beside }) => {
          const gives = flows.get(key)?.gives ?? [];
          return [
            ...read.map((use): Found => {
              const isMissing = gives.length > 0 && !gives.includes(use.name);
              const message = `The flow ${key} puts no ${use.name} into its output.`;
              return (
                isMissing && problem({ file: path, ...use }, message + nearHint(use.name, gives))
              );
            }),
            ...beside.map((use): Found => {
              // What else an answer holds is not public.
              const isSure = gives.includes(use.name) || isOfBodies(use.name);
              const message = `A run answers output and status, and no ${use.name}. What the flow gives stands in body.output.`;
              return problem({ file: path, ...use }, message, isSure ? 'error' : 'warning');
            }),
          ];
        }),
      );
    },
  },
});

// A flow that takes more by name is none that a person wrote.
const MAX_NAMES = 200;

interface Input {
  readonly key: string;
  readonly sent: readonly (Pick<Use, 'name'> & Place)[];
  readonly file: string;
}

/** What flows and the buttons of forms hand to the flows that they run, where all of it is known. */
function inputsOf({ flows, forms }: Blueprint): Input[] {
  const ofFlows = flows.flatMap(({ path, exchange }) =>
    exchange.calls.flatMap(({ key, sent }) => (sent ? [{ key, sent, file: path }] : [])),
  );
  const ofForms = forms.flatMap(({ path, calls }) =>
    calls.flatMap((call): Input[] => {
      const key = attributeOf(call, 'workflow')?.value;
      const input = attributeOf(call, 'input');
      const value = input?.value;
      const isKnown = typeof key === 'string' && value !== null && typeof value === 'object';
      const names = isKnown && !Array.isArray(value) ? Object.keys(value) : [];
      const place = { line: input?.line, column: input?.column };
      return isKnown ? [{ key, sent: names.map((name) => ({ name, ...place })), file: path }] : [];
    }),
  );
  return [...ofFlows, ...ofForms];
}

/** What flows take and give, by the ids of their processes; none that stands twice, or beside another one. */
function flowsById({ flows }: Blueprint): ReadonlyMap<string, FlowSummary['exchange']> {
  const found = new Map<string, FlowSummary['exchange']>();
  const twice = new Set<string>();
  for (const { processes, exchange } of flows) {
    for (const { id } of processes) {
      if (found.has(id) || processes.length > 1) {
        twice.add(id);
      }
      found.set(id, exchange);
    }
  }
  for (const id of twice) {
    found.delete(id);
  }
  return found;
}
