import { Writable } from 'node:stream';
import { type Context, canAsk } from '../core/context.js';
import { ConfigError, InterruptedError } from '../core/errors.js';
import { counted } from '../core/text.js';

/**
 * Asks whether things are to be removed from a Hub.
 *
 * @throws ConfigError where nobody can be asked, InterruptedError where the answer is no
 */
export async function confirmRemoval(context: Context, hub: string, count: number): Promise<void> {
  const { stderr } = context.output;
  if (!canAsk(context) || !(stderr instanceof Writable)) {
    throw new ConfigError(
      'confirmation_missing',
      `This removes ${counted(count, 'thing')} from ${hub}, and nobody can be asked whether it is meant.`,
      'Look with --dry-run, then run it with --yes.',
    );
  }
  const { confirm, isCancel } = await import('@clack/prompts');
  context.output.clear();
  const answer = await confirm({
    message: `Remove ${counted(count, 'thing')} of the Fortnox blueprint from ${hub}?`,
    initialValue: false,
    input: context.stdin as NodeJS.ReadStream,
    output: stderr,
    signal: context.signal,
  });
  if (isCancel(answer) || !answer) {
    throw new InterruptedError();
  }
}
