import * as z from 'zod/mini';
import { checkActivationUrl } from '../activate/activation-url.js';
import { type OpenBrowser, openInBrowser } from '../activate/browser.js';
import { codeFromStdin, type Obtained, obtainCode } from '../activate/code.js';
import { readActivationOptions } from '../activate/options.js';
import { readScopes } from '../activate/scopes.js';
import { makeState } from '../activate/state.js';
import { WORKFLOWS } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { BlueprintError, RefusedError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { hubClient } from '../hub/client.js';
import { configLookup, connectionOf } from '../options/connection.js';
import type { CommandInput } from '../options/input.js';
import { companyName, row, tokenLines } from '../token/lines.js';
import { runFlow } from '../token/run-flow.js';
import { activatedTimes, endsDocument } from '../token/times.js';
import type { CommandResult } from './command.js';

/** Connects a company in Fortnox, with the person's default browser. */
export function run(input: CommandInput, context: Context): Promise<CommandResult<'activate'>> {
  return activate(input, context, openInBrowser);
}

/**
 * Connects a company in Fortnox.
 *
 * @param openBrowser opens the activation URL
 * @returns when the new tokens end, never a token
 * @throws BlueprintError for everything that a person can meet
 */
export async function activate(
  input: CommandInput,
  context: Context,
  openBrowser: OpenBrowser,
): Promise<CommandResult<'activate'>> {
  const options = readActivationOptions(input, context);
  const { redirectUri, scopes, seconds } = options;
  const connection = await connectionOf(input, context, configLookup(input, context));
  const hub = hubClient(connection, context);
  const redirectURI = redirectUri.text;
  const state = makeState();
  const origin = { command: 'activate', appUrl: connection.appUrl };
  const activationUrl = async () => {
    const flow = { input: { redirectURI, scopes, state }, ...origin };
    const output = await runFlow(hub, WORKFLOWS.activationUrl, flow, context);
    return checkActivationUrl(output, { state, redirectUri: redirectURI });
  };
  const exchange = async (code: string) => {
    context.output.progress('The Hub fetches the tokens from Fortnox ...');
    const replacement = options.replacesCompany ? { replaceCompany: 'true' } : {};
    const flow = { input: { code, redirectURI, ...replacement }, ...origin };
    return readAnswer(await runFlow(hub, WORKFLOWS.accessToken, flow, context));
  };
  try {
    const { code, end } = options.hasCode
      ? await codeFromStdin(context, seconds)
      : await obtainCode(
          {
            redirectUri,
            state,
            seconds,
            openBrowser: options.opensBrowser ? openBrowser : undefined,
            mayReadStdin: options.isStdinFree,
            activationUrl,
          },
          context,
        );
    const answer = await toldBrowser(exchange(code), end, context);
    if (!options.hasCode) {
      warnOfMissing(scopes, answer.scope, context);
    }
    const token = activatedTimes(answer);
    const tenantId = tenantIdOf(answer);
    const { company = null } = answer;
    return {
      exitCode: ExitCode.done,
      json: {
        token: { ...endsDocument(token), scope: token.scope, tenantId },
        company,
      },
      lines: [
        'Fortnox is connected.',
        ...tokenLines(token, context.now()),
        row('Company', companyName(company, tenantId)),
        'Next: fortnox-blueprint status',
      ],
    };
  } finally {
    await hub.close();
  }
}

/** Tells the browser that brought the code how the exchange ended. @returns what it ended with */
async function toldBrowser(
  exchange: Promise<Activated>,
  end: Obtained['end'],
  { output }: Context,
): Promise<Activated> {
  try {
    const answer = await exchange;
    const name = companyName(answer.company ?? null, tenantIdOf(answer));
    const text = [`Onify is connected to ${name}.`, 'This page can be closed.'];
    await end({ title: 'Fortnox is connected', text: text.map((line) => output.safe(line)) });
    return answer;
  } catch (error) {
    const { message, hint } = error instanceof BlueprintError ? error : UNFORESEEN;
    const text = [message, hint].map((line) => output.safe(line));
    await end({ title: 'The activation failed', text });
    throw error;
  }
}

/** What a bug of this program is in a browser; the terminal tells more. */
const UNFORESEEN = {
  message: 'Something went wrong while the Hub fetched the tokens.',
  hint: 'Go back to the terminal: it shows what.',
};

const tenant = z.nullish(z.union([z.string(), z.number()]));

/** The output of `fortnox-generate-access-token`; flows of 0.1.0 do not name the tenant. */
const activated = z.looseObject({
  connected: z.literal(true),
  scope: z.string(),
  expires_in: z.number(),
  timestamp: z.string(),
  refresh_token_timestamp: z.nullish(z.string()),
  tenant_id: tenant,
  tenantId: tenant,
  company: z.nullish(z.string()),
});

type Activated = z.infer<typeof activated>;

function readAnswer(output: unknown): Activated {
  const answer = activated.safeParse(output);
  if (answer.success) {
    return answer.data;
  }
  throw new RefusedError(
    'activation_unexpected',
    'The flow on the Hub did not say that Fortnox is connected.',
    'Run "fortnox-blueprint install", then "fortnox-blueprint status".',
  );
}

function tenantIdOf(answer: Activated): string | null {
  const id = answer.tenantId ?? answer.tenant_id ?? '';
  return id === '' ? null : String(id);
}

/** Says which of the requested scopes Fortnox left out. */
function warnOfMissing(requested: string, granted: string, context: Context): void {
  const grantedScopes = readScopes(granted).scopes.split(' ');
  const missing = requested.split(' ').filter((scope) => !grantedScopes.includes(scope));
  if (granted === '' || missing.length === 0) {
    return;
  }
  context.output.warn(
    `Fortnox did not grant: ${missing.join(', ')}. The company may lack a licence for it.`,
  );
}
