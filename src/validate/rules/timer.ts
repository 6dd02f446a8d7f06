import { createRequire } from 'node:module';
import type { Found, Rule } from '../finding.js';
import { attribute, childOf } from '../flow/xml-query.js';

const require = createRequire(import.meta.url);
// The usual cases, read without the libraries, which take a while to load.
const PLAIN = /^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
const PLAIN_CRON = /^(\*|[0-5]?\d) (\*|1?\d|2[0-3])( \*){3}$/;
const KINDS = ['bpmn:timeDuration', 'bpmn:timeDate', 'bpmn:timeCycle'];

/** Rules about timers. */
export const timerRules: readonly Rule[] = [
  {
    id: 'timer-value',
    severity: 'error',
    why: 'A timer that the engine cannot read fails the flow where it should wait.',
    flow: ({ elements, at }) =>
      elements.flatMap((xml): Found[] => {
        if (xml.name !== 'bpmn:timerEventDefinition') {
          return [];
        }
        const value = KINDS.map((kind) => childOf(xml, kind)).find((child) => child !== undefined);
        if (!value) {
          return [{ ...at(xml), message: 'This timer has no duration, date or cycle.' }];
        }
        const text = value.text.trim();
        if (text.includes('${')) {
          return [];
        }
        const problem = timerProblem(value.name, text);
        return problem === undefined ? [] : [{ ...at(value), message: problem }];
      }),
  },
  {
    id: 'timer-start-run',
    severity: 'error',
    why: 'A flow that begins with a timer waits for it when it is run, so whoever runs it waits as well.',
    blueprint: ({ flows, forms, config }) => {
      const runners = new Map<string, string>();
      for (const { runs, path } of flows) {
        for (const { name } of runs) {
          runners.set(name, path);
        }
      }
      for (const { workflow, slug } of config?.forms ?? []) {
        if (workflow) {
          runners.set(workflow, `the form ${slug}`);
        }
      }
      for (const { path, runs } of forms) {
        for (const { name } of runs) {
          runners.set(name, path);
        }
      }
      return flows.flatMap(({ path, hasTimerStart, processes }) =>
        processes.flatMap(({ id, line }): Found[] => {
          const runner = runners.get(id);
          if (!hasTimerStart || runner === undefined) {
            return [];
          }
          const message = `It begins with a timer, but ${runner} runs it. Give the schedule a flow of its own.`;
          return [{ file: path, element: id, line, message }];
        }),
      );
    },
  },
  {
    id: 'timer-history',
    severity: 'error',
    why: 'How long a process is kept is an ISO 8601 duration or a number of days; anything else tells nothing.',
    flow: ({ processes, at }) =>
      processes.flatMap((process): Found[] => {
        const value = attribute(process, 'camunda:historyTimeToLive');
        if (value === undefined || value.includes('${') || /^\d+$/.test(value)) {
          return [];
        }
        const problem = timerProblem('bpmn:timeDuration', value);
        return problem === undefined
          ? []
          : [{ ...at(process), message: `historyTimeToLive: ${problem}` }];
      }),
  },
];

function timerProblem(kind: string, text: string): string | undefined {
  if (text === '') {
    return 'This timer is empty.';
  }
  if (kind === 'bpmn:timeDuration') {
    if (PLAIN.test(text) || isInterval(text)) {
      return undefined;
    }
    return `"${text}" is no duration. Write it as ISO 8601, such as PT10S or P1D.`;
  }
  if (kind === 'bpmn:timeDate') {
    return isDate(text)
      ? undefined
      : `"${text}" is no date. Write it as ISO 8601, such as 2030-01-31T08:00:00Z.`;
  }
  if (PLAIN_CRON.test(text) || isInterval(text) || isCron(text)) {
    return undefined;
  }
  return `"${text}" is neither a cron pattern, such as 15 4 * * *, nor an ISO 8601 interval, such as R/PT1H.`;
}

// The engine reads timers with these two libraries, so what they take is what a Hub takes.
function isInterval(text: string): boolean {
  const { ISOInterval } = require('@0dep/piso') as typeof import('@0dep/piso');
  return succeeds(() => new ISOInterval(text).parse());
}

function isDate(text: string): boolean {
  const { getDate } = require('@0dep/piso') as typeof import('@0dep/piso');
  return succeeds(() => getDate(text));
}

function isCron(text: string): boolean {
  const { Cron } = require('croner') as typeof import('croner');
  return succeeds(() => new Cron(text, { paused: true }).nextRun());
}

function succeeds(read: () => unknown): boolean {
  try {
    return read() !== undefined;
  } catch {
    return false;
  }
}
