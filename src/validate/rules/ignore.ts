import { rulesOf } from '../rule.js';

/** Rules about what silences or sets rules; they are found when all else is. */
export const ignoreRules = rulesOf({
  'ignore-reason': {
    warning: 'Without a reason nobody can tell later whether it may go, so the finding counts.',
  },
  'ignore-rule': {
    warning: 'A comment that names no rule, or one under a wrong name, silences nothing.',
  },
  'ignore-unused': {
    warning:
      'A comment that silences nothing is left over, or stands in the wrong place, and would hide what comes there next.',
  },
  'lint-rule': {
    error: 'A rule that is set under a wrong name stays as it is.',
  },
});
