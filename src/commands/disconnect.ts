import * as z from 'zod/mini';
import { WORKFLOWS } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { RefusedError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { hubClient } from '../hub/client.js';
import { isConfirmed } from '../options/confirm.js';
import { configLookup, connectionOf } from '../options/connection.js';
import type { CommandInput } from '../options/input.js';
import { companyName } from '../token/lines.js';
import { runFlow } from '../token/run-flow.js';
import type { CommandResult } from './command.js';

/** Ends the connection to Fortnox, by a flow of the Hub: revokes at Fortnox, and empties the stored token. */
export async function run(
  input: CommandInput,
  context: Context,
): Promise<CommandResult<'disconnect'>> {
  const connection = await connectionOf(input, context, configLookup(input, context));
  const { apiUrl, appUrl } = connection;
  const hub = hubClient(connection, context);
  try {
    const isMeant =
      input.options.yes === true ||
      (await isConfirmed(context, {
        question: `Disconnect Fortnox from ${apiUrl}? Flows get no token then.`,
        refusal: `This ends the connection to Fortnox on ${apiUrl}, and nobody can be asked whether it is meant.`,
        hint: 'Run it with --yes where it is.',
      }));
    if (!isMeant) {
      return {
        exitCode: ExitCode.done,
        json: { disconnected: false, revoked: false, tenantId: null, company: null },
        lines: ['Nothing was changed.'],
      };
    }
    context.output.progress('The Hub revokes the connection at Fortnox ...');
    const origin = { command: 'disconnect', appUrl };
    const answer = answerOf(await runFlow(hub, WORKFLOWS.disconnect, origin, context));
    const tenantId = answer.tenant_id ? String(answer.tenant_id) : null;
    const { revoked, company = null } = answer;
    // The flow empties what is empty already, too.
    const disconnected = answer.disconnected && (revoked || tenantId !== null);
    return {
      exitCode: ExitCode.done,
      json: { disconnected, revoked, tenantId, company },
      lines: [
        disconnected
          ? `Fortnox is disconnected. It was connected to ${companyName(company, tenantId)}.`
          : 'Fortnox was not connected. Nothing was changed.',
        ...(disconnected && !revoked
          ? [
              'Fortnox did not take the revocation; the tokens are removed from the Hub all the same.',
            ]
          : []),
        ...(disconnected ? CONSENT : []),
        'To connect a company again: fortnox-blueprint activate',
      ],
    };
  } finally {
    await hub.close();
  }
}

/**
 * Fortnox documents that the consent for a service account is valid "until they actively choose to revoke it", and
 * nothing of what revoking a token does to it; see docs/removal.md.
 */
const CONSENT = [
  'The consent that the company gave may still stand: as long as it does, whoever has the client id and secret can get',
  'new tokens for the company. A system administrator of the company takes it back in Fortnox.',
];

/** The output of `fortnox-disconnect`. */
const disconnection = z.looseObject({
  disconnected: z.boolean(),
  revoked: z._default(z.boolean(), false),
  tenant_id: z.nullish(z.union([z.string(), z.number()])),
  company: z.nullish(z.string()),
});

function answerOf(output: unknown): z.infer<typeof disconnection> {
  const answer = disconnection.safeParse(output);
  if (answer.success) {
    return answer.data;
  }
  throw new RefusedError(
    'disconnect_unexpected',
    'The flow on the Hub did not say that Fortnox is disconnected.',
    'Run "fortnox-blueprint install" to update the flow, then "fortnox-blueprint status".',
  );
}
