import { scriptUses } from '../flow/uses.js';
import { type Found, rulesOf } from '../rule.js';
import type { ScriptUse } from '../script/facts.js';
import type { Slip } from '../script/slips.js';
import { problem } from '../text.js';

const ASSIGNS = 'This condition assigns. Compare with === in place of =.';

/** Rules about what is JavaScript, and never what was meant. */
export const scriptSlipRules = rulesOf({
  'script-assign': {
    error: 'A condition that assigns a fixed value asks nothing: it always holds, or never.',
    script: (use) => found(use, 'assigned', () => ASSIGNS),
    flow: (flow, blueprint) =>
      scriptUses(flow, blueprint).flatMap(({ script, facts, isInline }) => {
        const isCondition = script.xml.name === 'bpmn:conditionExpression';
        const slips = isCondition ? facts.slips : [];
        return slips.map(({ kind, line, column }): Found => {
          const place = isInline
            ? { line, column, element: script.element }
            : flow.placeOf(script.xml);
          return kind === 'assigned-answer' && problem(place, ASSIGNS);
        });
      }),
  },
  'script-status': {
    error: 'A status code is a number, and no text is ever === to it.',
    script: (use) =>
      use.facts.slips.map((slip): Found => {
        const place = { element: use.element, line: slip.line, column: slip.column };
        const message = `A status code is a number. Compare it with ${slip.text}, without quotes.`;
        const severity = slip.isUnsure ? 'warning' : 'error';
        return slip.kind === 'compared' && problem(place, message, severity);
      }),
  },
  'script-answer': {
    error: 'The first argument of next is the error, so an answer in its place fails the flow.',
    script: (use) =>
      found(use, 'answered', () => 'The first that next takes is the error. Write next(null, …).'),
  },
  'script-for-in': {
    error: 'A loop with in goes through names, which are texts and have no such members.',
    script: (use) =>
      found(use, 'keys', () => 'This goes through the names. Write of in place of in.'),
  },
  'script-next-twice': {
    warning: 'A script goes on after next, and may call it again when its task is over.',
    script: (use) => [
      ...found(
        use,
        'twice',
        () => 'The script goes on behind this next. Put what follows into an else.',
      ),
      ...found(use, 'looped', () => 'Each round calls next again. Call it once, after the loop.'),
    ],
  },
  'script-member': {
    error:
      'A member under another name than the language has is undefined, and a call of it throws.',
    script: (use) =>
      found(use, 'member', ({ text, near }) => `Nothing has ${text}. Did you mean ${near}?`),
  },
});

function found(
  { facts, element }: ScriptUse,
  kind: Slip['kind'],
  say: (slip: Slip) => string,
): Found[] {
  return facts.slips.map((slip): Found => {
    const { line, column } = slip;
    return slip.kind === kind && problem({ element, line, column }, say(slip));
  });
}
