import { ACCESS_TOKEN, WORKFLOWS } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { InterruptedError, RefusedError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { type HubClient, hubClient } from '../hub/client.js';
import { configLookup, connectionOf } from '../options/connection.js';
import type { CommandInput } from '../options/input.js';
import { tokenLines } from '../token/lines.js';
import { runFlow } from '../token/run-flow.js';
import { hideStored, readStoredToken } from '../token/stored-token.js';
import { endsDocument, tokenTimes } from '../token/times.js';
import type { CommandResult } from './command.js';

/**
 * Runs the refresh flow and says when the tokens end.
 *
 * @returns both ends and the scope, never a token
 * @throws RefusedError with the flow's own sentence when it failed
 */
export async function run(
  input: CommandInput,
  context: Context,
): Promise<CommandResult<'refresh'>> {
  const connection = await connectionOf(input, context, configLookup(input, context));
  const hub = hubClient(connection, context);
  try {
    context.output.progress('The Hub refreshes the token ...');
    const flow = { command: 'refresh', appUrl: connection.appUrl };
    const answer = await runFlow(hub, WORKFLOWS.refreshToken, flow, context);
    if (typeof answer !== 'object' || readStoredToken(answer)?.accessToken === undefined) {
      throw new RefusedError(
        'refresh_unexpected',
        'The refresh flow on the Hub answered without an access token.',
        'Run "fortnox-blueprint install" to update the flow, and refresh again.',
      );
    }
    const now = context.now();
    const times = tokenTimes(await storedOr(answer, hub, context), now);
    return {
      exitCode: ExitCode.done,
      json: {
        token: {
          ...endsDocument(times),
          scope: times.scope,
          tenantId: times.tenantId ?? null,
        },
      },
      lines: ['The Fortnox token is fresh.', ...tokenLines(times, now)],
    };
  } finally {
    await hub.close();
  }
}

/** The stored token, or the flow's own answer where the setting cannot be read; that one lacks the refresh token. */
async function storedOr(answer: unknown, hub: HubClient, context: Context): Promise<unknown> {
  try {
    const value = (await hub.setting(ACCESS_TOKEN))?.value;
    hideStored(value, context.output);
    if (readStoredToken(value)) {
      return value;
    }
  } catch (error) {
    if (error instanceof InterruptedError) {
      throw error;
    }
  }
  context.output.warn('The stored token cannot be read, so it is not known when it ends.');
  return answer;
}
