import { checkActivationUrl } from '../activate/activation-url.js';
import { readAnswer, tenantIdOf, toldBrowser } from '../activate/answer.js';
import { type OpenBrowser, openInBrowser } from '../activate/browser.js';
import { codeFromStdin, obtainCode } from '../activate/code.js';
import { readActivationOptions } from '../activate/options.js';
import { readScopes } from '../activate/scopes.js';
import { makeState } from '../activate/state.js';
import { WORKFLOWS } from '../blueprint/manifest.js';
import { type Context, canAsk } from '../core/context.js';
import { RefusedError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { hubClient } from '../hub/client.js';
import { isConfirmed } from '../options/confirm.js';
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
  const origin = { command: 'activate', appUrl: connection.appUrl };
  const exchange = async (code: string, isReplacing: boolean) => {
    context.output.progress('The Hub fetches the tokens from Fortnox ...');
    const replacement = isReplacing ? { replaceCompany: 'true' } : {};
    const flow = { input: { code, redirectURI, ...replacement }, ...origin };
    return readAnswer(await runFlow(hub, WORKFLOWS.accessToken, flow, context));
  };
  const approved = () => {
    const state = makeState();
    const activationUrl = async () => {
      const flow = { input: { redirectURI, scopes, state }, ...origin };
      const output = await runFlow(hub, WORKFLOWS.activationUrl, flow, context);
      return checkActivationUrl(output, { state, redirectUri: redirectURI });
    };
    const request = {
      redirectUri,
      state,
      seconds,
      openBrowser: options.opensBrowser ? openBrowser : undefined,
      mayReadStdin: options.isStdinFree,
      activationUrl,
    };
    return obtainCode(request, context);
  };
  const connect = async (isReplacing: boolean) => {
    const { code, end } = options.hasCode
      ? await codeFromStdin(context, seconds)
      : await approved();
    return toldBrowser(exchange(code, isReplacing), end, context);
  };
  try {
    const answer = await connect(options.replacesCompany).catch(async (error: unknown) => {
      if (await mayReplace(error, context)) {
        return connect(true);
      }
      throw error;
    });
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

/**
 * Asks a person at a terminal, where another company is connected. A code works once, so the new one has to be approved
 * again.
 */
async function mayReplace(error: unknown, context: Context): Promise<boolean> {
  const isOther = error instanceof RefusedError && error.message.endsWith('[other-company]');
  if (!isOther || !canAsk(context)) {
    return false;
  }
  context.output.note(error.message);
  const question = 'Replace the company that is connected? Then approve once more.';
  return isConfirmed(context, { question, refusal: error.message, hint: error.hint });
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
