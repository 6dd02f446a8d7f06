import { BlueprintError } from '../core/errors.js';
import { parseJson } from '../core/json.js';
import { failureOf } from './answers.js';
import { type BadAnswer, badKindOf } from './bad-answers.js';

/**
 * Says in plain words what is wrong with an answer.
 *
 * @param safe makes a text of the Hub fit to be shown
 */
export function refusal(answer: BadAnswer, safe: (text: string) => string): BlueprintError {
  const kind = badKindOf(answer);
  const reason = shown(failureOf(parseJson(answer.body)), safe);
  const message = kind.message(answer, reason ? `: ${reason}` : '.');
  const { mayPass = false } = kind;
  return new BlueprintError(kind.code, message, kind.exitCode, {
    hint: kind.hint(answer),
    mayPass,
  });
}

// Masked before it is cut: half a secret would not be found any more.
function shown(text: string, safe: (text: string) => string): string {
  return safe(text).replace(/\s+/g, ' ').trim().slice(0, 500);
}
