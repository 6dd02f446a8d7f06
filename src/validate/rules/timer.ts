import { childOf } from '../flow/xml-query.js';
import { MAX_TIMER } from '../limits.js';
import { each, type Found, rulesOf } from '../rule.js';
import type { TimerReaders } from '../source/timers.js';
import { problem } from '../text.js';

// The usual cases, read without the engine's readers, which take a while to load.
const PLAIN = /^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;
const PLAIN_CRON = /^(\*|[0-5]?\d) (\*|1?\d|2[0-3])( \*){3}$/;
/** What people count in months. */
const PLAIN_MONTHS: ReadonlySet<number> = new Set([1, 2, 3, 4, 6, 9, 12, 18, 24, 36]);
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
  'timer-months': {
    warning:
      'In a duration M in front of the T is months, so a timer that was meant to wait minutes waits for months.',
    flow: each('nodes', (node, { at, byId }) => {
      const definition = childOf(node.xml, 'bpmn:timerEventDefinition');
      const duration = childOf(definition, 'bpmn:timeDuration');
      const [, months = ''] = /^\s*P(\d+)M\s*$/.exec(duration?.text ?? '') ?? [];
      if (!duration || months === '') {
        return false;
      }
      // A call is over in minutes; in between, a month or a quarter may well be meant.
      const owner = byId.get(node.attachedTo ?? '')?.name ?? '';
      const isOfCall = /(service|script|send|businessRule)Task$/.test(owner);
      const message = `P${months}M is ${months} months. Write minutes as PT${months}M.`;
      return (isOfCall || !PLAIN_MONTHS.has(Number(months))) && at(duration, message);
    }),
  },
  'timer-start-run': {
    error:
      'A flow that begins with a timer waits for it when it is run, so whoever runs it waits as well.',
    blueprint: ({ flows, forms, config }) => {
      const runs = [
        ...forms.flatMap(({ path, runs: all }) => all.map(({ name }) => [name, path] as const)),
        ...flows.flatMap(({ path, runs: all, starts }) => {
          const started = new Set(starts.map(({ name }) => name));
          const run = all.filter(({ name }) => !started.has(name));
          return run.map(({ name }) => [name, path] as const);
        }),
      ];
      const submits = (config?.forms ?? []).flatMap(({ workflow, slug }) =>
        workflow === undefined ? [] : [[workflow, `the form ${slug}`] as const],
      );
      const runners = new Map([...submits, ...runs]);
      const starters = new Map(
        flows.flatMap(({ path, starts, needsStarted }) =>
          needsStarted ? starts.map(({ name }) => [name, path] as const) : [],
        ),
      );
      const timed = flows.filter(({ hasTimerStart }) => hasTimerStart);
      return timed.flatMap(({ path, processes }) =>
        processes.map(({ id, line, column }): Found => {
          const runner = runners.get(id);
          const who = runner ?? starters.get(id);
          const does = runner === undefined ? 'starts it and needs it at once' : 'runs it';
          const message = `This begins with a timer, but ${who} ${does}. Give the schedule a flow of its own.`;
          // What starts it may mean to wait for the timer.
          const severity = runner === undefined ? 'warning' : 'error';
          return (
            who !== undefined &&
            problem({ file: path, element: id, line, column }, message, severity)
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
