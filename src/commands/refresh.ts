import { ACCESS_TOKEN, WORKFLOWS } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { InterruptedError, RefusedError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { type HubClient, hubClient } from '../hub/client.js';
import { configLookup, connectionOf } from '../options/connection.js';
import { tokenLines } from '../token/lines.js';
import { formLink, runFlow } from '../token/run-flow.js';
import { readStoredToken, storedSecrets } from '../token/stored-token.js';
import { tokenTimes } from '../token/times.js';
import type { CommandInput, CommandResult } from './command.js';

/** The stored token, or the flow's own answer where the setting cannot be read; that one lacks the refresh token. */
async function storedOr(answered: unknown, hub: HubClient, context: Context): Promise<unknown> {
  try {
    const value = (await hub.setting(ACCESS_TOKEN))?.value;
    for (const secret of storedSecrets(value)) {
      context.output.secret(secret);
    }
    if (readStoredToken(value) !== null) {
      return value;
    }
  } catch (error) {
    if (error instanceof InterruptedError) {
      throw error;
    }
  }
  context.output.warn('The stored token cannot be read; its end is not known.');
  return answered;
}

/**
 * Runs the refresh flow and says when the tokens end.
 *
 * @returns both ends and the scope, never a token
 * @throws RefusedError with the flow's own sentence when it failed
 */
export async function run(input: CommandInput, context: Context): Promise<CommandResult> {
  const connection = await connectionOf(input, context, configLookup(input, context));
  const hub = hubClient(connection, context);
  try {
    context.output.progress('The Hub refreshes the token ...');
    const hint = `"fortnox-blueprint status" tells more. Where it says to activate: "fortnox-blueprint activate", or\n${formLink(connection.appUrl)}.`;
    const answered = await runFlow(hub, WORKFLOWS.refreshToken, { hint }, context);
    if (typeof answered !== 'object' || readStoredToken(answered)?.accessToken == null) {
      throw new RefusedError(
        'refresh_unexpected',
        'The refresh flow on the Hub answered without an access token.',
        'Run "fortnox-blueprint install" to update the flow, and refresh again.',
      );
    }
    const now = context.now();
    const times = tokenTimes(await storedOr(answered, hub, context), now);
    const token = {
      accessExpiresAt: times.accessExpiresAt,
      refreshExpiresAt: times.refreshExpiresAt,
      scope: times.scope,
    };
    const lines = ['The Fortnox token is fresh.', ...tokenLines(token, now)];
    return { exitCode: ExitCode.done, json: { token }, lines };
  } finally {
    await hub.close();
  }
}
