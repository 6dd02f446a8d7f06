import { didYouMean } from '../../core/suggest.js';
import type { Finding, Rule } from '../rule.js';
import { ignoreRules } from '../rules/ignore.js';
import { type Problem, problem } from '../text.js';
import { groups } from './groups.js';
import { coveredOf, elementsOf, type Ignore } from './ignore.js';

/** What comments do to findings. */
interface Silence {
  /** Those that are silenced where they stand. */
  readonly silenced: ReadonlySet<Finding>;
  /** What is wrong with the comments themselves, by the rule that says so. */
  readonly wrong: readonly (readonly [rule: Rule, file: string, problem: Problem])[];
}

/**
 * Silences findings where they stand.
 *
 * @param found all of them
 * @param ignores the comments, each in the file of what it silences
 * @param ids of all rules
 * @param isOff whether a rule is off: a comment for it has nothing to silence, and is right
 */
export function silence(
  found: readonly Finding[],
  ignores: readonly Ignore[],
  ids: readonly string[],
  isOff: (id: string) => boolean,
): Silence {
  const covered = new Map<Finding, Set<string | undefined>>();
  const wrong: [Rule, string, Problem][] = [];
  const byPlace = groups(found, ({ file, rule }) => keyOf(file, rule));
  const say = (id: string, { file, line, column }: Ignore, message: string) => {
    for (const rule of ignoreRules.filter((one) => one.id === id)) {
      wrong.push([rule, file, problem({ line, column }, message)]);
    }
  };
  for (const ignore of ignores) {
    if (ignore.rules.length === 0) {
      say('ignore-rule', ignore, `This names no rule. ${FORM}`);
    } else if (ignore.reason === '') {
      const [first] = ignore.rules;
      say('ignore-reason', ignore, `There is no reason for ${first}, so it still counts. ${FORM}`);
      continue;
    }
    for (const id of ignore.rules) {
      if (!ids.includes(id)) {
        say('ignore-rule', ignore, `There is no rule "${id}".${didYouMean(id, ids)}`);
        continue;
      }
      const alike = byPlace.get(keyOf(ignore.file, id)) ?? [];
      let isUsed = false;
      for (const finding of alike) {
        const elements = coveredOf(ignore.covered, finding);
        isUsed ||= elements.length > 0;
        if (elements.length > 0) {
          const known = covered.get(finding) ?? new Set();
          covered.set(finding, known);
          for (const element of elements) {
            known.add(element);
          }
        }
      }
      if (!isUsed && !isOff(id)) {
        say('ignore-unused', ignore, `There is nothing to silence here for ${id}. Remove it.`);
      }
    }
  }
  const silenced = found.filter((finding) =>
    elementsOf(finding).every((element) => covered.get(finding)?.has(element)),
  );
  return { silenced: new Set(silenced), wrong };
}

const FORM = 'Write "onify-ignore RULE: reason".';

function keyOf(file: string, rule: string): string {
  return `${rule} ${file}`;
}
