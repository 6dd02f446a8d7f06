import { childOf } from '../flow/xml-query.js';
import { MAX_TIMER } from '../limits.js';
import { each, type Found, rulesOf } from '../rule.js';
import type { TimerReaders } from '../source/timers.js';
import { problem } from '../text.js';

// The usual cases, read without the engine's readers, which take a while to load.
const PLAIN = /^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
const PLAIN_CRON = /^(\*|[0-5]?\d) (\*|1?\d|2[0-3])( \*){3}$/;
const KINDS = ['bpmn:timeDuration', 'bpmn:timeDate', 'bpmn:timeCycle'];

/** Rules about timers. */
export const timerRules = rulesOf({
  'timer-value': {
    error: 'A timer that the engine cannot read fails the flow where it should wait.',
    flow: each('elements', (xml, { at }, { timers }) => {
      if (xml.name !== 'bpmn:timerEventDefinition') {
        return false;
      }
      const [value] = KINDS.flatMap((kind) => childOf(xml, kind) ?? []);
      if (!value) {
        return at(xml, 'This timer has no duration, date or cycle. Give it one, such as PT10S.');
      }
      const wrong = timerProblem(value.name, value.text.trim(), timers);
      return wrong !== undefined && at(value, wrong);
    }),
  },
  'timer-start-run': {
    error:
      'A flow that begins with a timer waits for it when it is run, so whoever runs it waits as well.',
    blueprint: ({ flows, forms, config }) => {
      const runs = [...flows, ...forms].flatMap((file) =>
        file.runs.map(({ name }) => [name, file.path] as const),
      );
      const starts = (config?.forms ?? []).flatMap(({ workflow, slug }) =>
        workflow === undefined ? [] : [[workflow, `the form ${slug}`] as const],
      );
      const runners = new Map([...starts, ...runs]);
      const timed = flows.filter(({ hasTimerStart }) => hasTimerStart);
      return timed.flatMap(({ path, processes }) =>
        processes.map(({ id, line, column }): Found => {
          const runner = runners.get(id);
          const message = `This begins with a timer, but ${runner} runs it. Give the schedule a flow of its own.`;
          return (
            runner !== undefined && problem({ file: path, element: id, line, column }, message)
          );
        }),
      );
    },
  },
  'timer-history': {
    error:
      'How long a process is kept is an ISO 8601 duration or a number of days; the Hub reads nothing else.',
    flow: each('processes', (process, { at }, { timers }) => {
      const set = process.attributes['camunda:historyTimeToLive'] ?? '';
      const value = set.trim();
      // The engine takes one without any character for none.
      const wrong =
        set === '' || /^\d+$/.test(value)
          ? undefined
          : timerProblem('bpmn:timeDuration', value, timers);
      return (
        wrong !== undefined &&
        at(
          process,
          `historyTimeToLive "${value.slice(0, MAX_TIMER)}" is not a number of days or an ISO 8601 duration such as P30D.`,
        )
      );
    }),
  },
});

function timerProblem(
  kind: string,
  text: string,
  { isInterval, isDate, isCron, isNever }: TimerReaders,
): string | undefined {
  if (text === '') {
    return 'This timer is empty. Give it a value, such as PT10S.';
  }
  if (text.includes('${')) {
    return undefined;
  }
  if (text.length > MAX_TIMER) {
    return `This timer has ${text.length} characters. No duration, date or cycle has more than ${MAX_TIMER}.`;
  }
  if (kind === 'bpmn:timeDuration') {
    return PLAIN.test(text) || isInterval(text)
      ? undefined
      : `"${text}" is not a duration. Write it as ISO 8601, such as PT10S or P1D.`;
  }
  if (kind === 'bpmn:timeDate') {
    return isDate(text)
      ? undefined
      : `"${text}" is not a date. Write it as ISO 8601, such as 2030-01-31T08:00:00Z.`;
  }
  if (PLAIN_CRON.test(text) || isInterval(text) || isCron(text)) {
    return undefined;
  }
  return isNever(text)
    ? `The date of "${text}" never comes, so this timer never fires. Mend its day or its month.`
    : `"${text}" is neither a cron pattern, such as 15 4 * * *, nor an ISO 8601 interval, such as R/PT1H.`;
}
