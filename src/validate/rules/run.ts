import type { Blueprint } from '../blueprint.js';
import { isOfBodies } from '../flow/connectors.js';
import type { FlowSummary } from '../flow/summary.js';
import type { Use } from '../flow/use.js';
import { attributeOf, elementsOf } from '../form/facts.js';
import { isLetterOff, isOtherSpelling } from '../letter-off.js';
import { nearHint } from '../near.js';
import { type Found, rulesOf } from '../rule.js';
import { type Place, problem } from '../text.js';
import { FIELD } from './form-placeholder.js';

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
        const unread = sent.filter(({ name }) => !takes?.includes(name));
        // What alone is not read, and what alone is missing, are likely to be the same.
        const isRenamed = unread.length === 1 && missing.length === 1;
        return (missing.length > MAX_NAMES ? [] : sent).map(({ name, ...place }): Found => {
          const near = takes?.includes(name)
            ? undefined
            : missing.find((one) => isLetterOff(one, name) || isOtherSpelling(one, name));
          const said = `The flow ${key} reads no ${name}.`;
          if (near !== undefined) {
            return problem({ file, ...place }, `${said} Did you mean ${near}?`);
          }
          const message = `${said} It reads ${missing[0]}, which it does not get.`;
          return (
            isRenamed && name === unread[0]?.name && problem({ file, ...place }, message, 'warning')
          );
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
          const { gives = [], isSilent = false } = flows.get(key) ?? {};
          return [
            ...read.map((use): Found => {
              const isMissing = (isSilent || gives.length > 0) && !gives.includes(use.name);
              const said = `The flow ${key} puts no ${use.name} into its output.`;
              const message = said + nearHint(use.name, gives);
              return (
                isMissing &&
                problem({ file: path, ...use }, message, isSilent ? 'warning' : 'error')
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
  'form-output': {
    warning:
      'A page shows what its flow puts under the name output; where nothing is put there, it shows nothing.',
    blueprint: (blueprint) => {
      const flows = flowsById(blueprint);
      const byPath = new Map(blueprint.forms.map((form) => [form.path, form] as const));
      const isSilent = (key: unknown) =>
        typeof key === 'string' && flows.get(key)?.isSilent === true;
      const say = (key: unknown) => `The flow ${key} puts nothing under the name output.`;
      const results = (blueprint.config?.forms ?? []).flatMap(({ templates, workflow }) => {
        const page = byPath.get(blueprint.locate(templates[1] ?? '') ?? '');
        const elements = elementsOf(page ?? { calls: [] });
        // Where the steps are shown as well, the page tells something.
        const isTold = elements.some((one) => attributeOf(one, 'type')?.value === 'processState');
        return (isTold ? [] : elements).map((element): Found => {
          const isOutput = attributeOf(element, 'type')?.value === 'processOutput';
          const { line, column } = element;
          return (
            isOutput &&
            isSilent(workflow) &&
            problem({ file: page?.path, line, column }, say(workflow))
          );
        });
      });
      const buttons = blueprint.forms.flatMap((form) => {
        const shown = new Set(
          form.texts.flatMap(({ value }) => [...value.matchAll(FIELD)].map(([, name]) => name)),
        );
        return elementsOf(form).map((element): Found => {
          const { value } = attributeOf(element, 'workflow') ?? {};
          const isButton = attributeOf(element, 'type')?.value === 'runWorkflow';
          // One whose field nothing shows may be there for what its flow does.
          const isShown = shown.has(textOf(attributeOf(element, 'name')?.value));
          const { line, column } = attributeOf(element, 'workflow') ?? element;
          return (
            isButton &&
            isSilent(value) &&
            isShown &&
            problem({ file: form.path, line, column }, say(value), 'error')
          );
        });
      });
      return [...results, ...buttons];
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

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
