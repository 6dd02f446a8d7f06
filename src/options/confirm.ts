import { Writable } from 'node:stream';
import { type Context, canAsk } from '../core/context.js';
import { ConfigError, InterruptedError } from '../core/errors.js';
import { counted } from '../core/text.js';

/** What is asked, and what is said where nobody can be asked. */
interface Confirmation {
  readonly question: string;
  readonly refusal: string;
  readonly hint: string;
}

/**
 * Asks whether something is meant.
 *
 * @throws ConfigError where nobody can be asked, InterruptedError where the answer is no
 */
export async function confirmed(
  context: Context,
  { question, refusal, hint }: Confirmation,
): Promise<void> {
  const { stderr } = context.output;
  if (!canAsk(context) || !(stderr instanceof Writable)) {
    throw new ConfigError('confirmation_missing', refusal, hint);
  }
  const { confirm, isCancel } = await import('@clack/prompts');
  context.output.clear();
  const answer = await confirm({
    message: question,
    initialValue: false,
    input: context.stdin as NodeJS.ReadStream,
    output: stderr,
    signal: context.signal,
  });
  if (isCancel(answer) || !answer) {
    throw new InterruptedError();
  }
}

/**
 * Asks whether things are to be removed from a Hub.
 *
 * @throws ConfigError where nobody can be asked, InterruptedError where the answer is no
 */
export function confirmRemoval(context: Context, hub: string, count: number): Promise<void> {
  const things = counted(count, 'thing');
  return confirmed(context, {
    question: `Remove ${things} of the Fortnox blueprint from ${hub}?`,
    refusal: `This removes ${things} from ${hub}, and nobody can be asked whether it is meant.`,
    hint: 'Look with --dry-run, then run it with --yes.',
  });
}
