import { type Context, canAsk } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { counted } from '../core/text.js';
import { prompted } from './prompt.js';

/** What is asked, and what is said where nobody can be asked. */
interface Confirmation {
  readonly question: string;
  readonly refusal: string;
  readonly hint: string;
}

/**
 * Asks whether something is meant.
 *
 * @returns whether the answer is yes
 * @throws ConfigError where nobody can be asked, InterruptedError at Ctrl-C or Ctrl-D
 */
export async function isConfirmed(
  context: Context,
  { question, refusal, hint }: Confirmation,
): Promise<boolean> {
  if (!canAsk(context)) {
    throw new ConfigError('confirmation_missing', refusal, hint);
  }
  return prompted(context, ({ confirm }, asking) =>
    confirm({ ...asking, message: question, initialValue: false }),
  );
}

/**
 * Asks whether things are to be removed from a Hub.
 *
 * @returns whether the answer is yes
 * @throws ConfigError where nobody can be asked, InterruptedError at Ctrl-C or Ctrl-D
 */
export function isRemovalConfirmed(context: Context, hub: string, count: number): Promise<boolean> {
  const things = counted(count, 'thing');
  return isConfirmed(context, {
    question: `Remove ${things} of the Fortnox blueprint from ${hub}?`,
    refusal: `This removes ${things} from ${hub}, and nobody can be asked whether it is meant.`,
    hint: 'Look with --dry-run, then run it with --yes.',
  });
}
