import * as z from 'zod';
import { checkActivationUrl } from '../activate/activation-url.js';
import { type OpenBrowser, openInBrowser } from '../activate/browser.js';
import { codeFromStdin, obtainCode } from '../activate/code.js';
import {
  DEFAULT_REDIRECT_URI,
  type RedirectUri,
  readRedirectUri,
} from '../activate/redirect-uri.js';
import { DEFAULT_SCOPES, readScopes } from '../activate/scopes.js';
import { makeState } from '../activate/state.js';
import { WORKFLOWS } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { ConfigError, RefusedError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { hubClient } from '../hub/client.js';
import { configLookup, connectionOf, seconds } from '../options/connection.js';
import { tokenLines } from '../token/lines.js';
import { formLink, runFlow } from '../token/run-flow.js';
import { activatedTimes } from '../token/times.js';
import { type CommandInput, type CommandResult, textOption } from './command.js';

/** Seconds to wait for the approval: as long as a code of Fortnox lives. */
const DEFAULT_WAIT = '600';

/** The output of `fortnox-generate-access-token`. */
const activated = z.looseObject({
  connected: z.literal(true),
  scope: z.string(),
  expires_in: z.number(),
  timestamp: z.string(),
  refresh_token_timestamp: z.string().nullish(),
});

interface Wanted {
  readonly redirectUri: RedirectUri;
  readonly scopes: string;
  readonly seconds: number;
  readonly isBrowserWanted: boolean;
  readonly isCodeGiven: boolean;
  readonly isStdinFree: boolean;
}

function redirectUriOf(input: CommandInput): RedirectUri {
  const redirectUri = readRedirectUri(textOption(input, 'redirectUri') ?? DEFAULT_REDIRECT_URI);
  if (!('problem' in redirectUri)) {
    return redirectUri;
  }
  const hint = `Give the registered one with --redirect-uri, such as ${DEFAULT_REDIRECT_URI}.`;
  throw new ConfigError('redirect_uri_malformed', redirectUri.problem, hint);
}

function scopesOf(input: CommandInput, context: Context): string {
  const { scopes, unknown } = readScopes(textOption(input, 'scopes') ?? DEFAULT_SCOPES);
  if (scopes === '') {
    throw new ConfigError(
      'scopes_missing',
      '--scopes names no scope.',
      'Name at least one: --scopes "customer invoice".',
    );
  }
  for (const { name, suggestion } of unknown) {
    const meant = suggestion === null ? '' : ` Did you mean "${suggestion}"?`;
    context.output.warn(`Fortnox does not document a scope "${name.slice(0, 60)}".${meant}`);
  }
  return scopes;
}

function isCodeGiven(input: CommandInput, context: Context): boolean {
  const source = textOption(input, 'code');
  if (source === undefined || source === '-') {
    return source === '-';
  }
  context.output.secret(source);
  throw new ConfigError(
    'code_on_command_line',
    'A code is not taken on the command line, where others can read it.',
    'Use --code - and give the code on stdin.',
  );
}

function read(input: CommandInput, context: Context): Wanted {
  const wanted = {
    isCodeGiven: isCodeGiven(input, context),
    isStdinFree: textOption(input, 'tokenFile') !== '-',
    isBrowserWanted: input.options.browser !== false,
    redirectUri: redirectUriOf(input),
    scopes: scopesOf(input, context),
    seconds: seconds(textOption(input, 'wait') ?? DEFAULT_WAIT, '--wait'),
  };
  if (wanted.isCodeGiven && !wanted.isStdinFree) {
    const hint = 'Give the token in ONIFY_API_TOKEN or in a file.';
    throw new ConfigError('stdin_used_twice', 'Both --code - and --token-file - read stdin.', hint);
  }
  return wanted;
}

/** Says which of the scopes that were asked for Fortnox left out. */
function warnOfMissing(asked: string, granted: string, context: Context): void {
  const held = readScopes(granted).scopes.split(' ');
  const missing = asked.split(' ').filter((scope) => !held.includes(scope));
  if (granted === '' || missing.length === 0) {
    return;
  }
  context.output.warn(
    `Fortnox did not grant: ${missing.join(', ')}. The company may lack a licence for it.`,
  );
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
): Promise<CommandResult> {
  const wanted = read(input, context);
  const connection = await connectionOf(input, context, configLookup(input, context));
  const hub = hubClient(connection, context);
  const redirectURI = wanted.redirectUri.text;
  try {
    const state = makeState();
    const activationUrl = async () => {
      const hint = 'When that is done, run "fortnox-blueprint activate" again.';
      const flow = { input: { redirectURI, scopes: wanted.scopes, state }, hint };
      const output = await runFlow(hub, WORKFLOWS.activationUrl, flow, context);
      return checkActivationUrl(output, { state, redirectUri: redirectURI });
    };
    const code = wanted.isCodeGiven
      ? await codeFromStdin(context, wanted.seconds)
      : await obtainCode(
          {
            redirectUri: wanted.redirectUri,
            state,
            seconds: wanted.seconds,
            openBrowser: wanted.isBrowserWanted ? openBrowser : null,
            mayReadStdin: wanted.isStdinFree,
            activationUrl,
          },
          context,
        );
    context.output.progress('The Hub fetches the tokens from Fortnox ...');
    const hint = `To activate again: "fortnox-blueprint activate", or ${formLink(connection.appUrl)}.`;
    const flow = { input: { code, redirectURI }, hint };
    const answer = activated.safeParse(await runFlow(hub, WORKFLOWS.accessToken, flow, context));
    if (!answer.success) {
      throw new RefusedError(
        'activation_unexpected',
        'The flow on the Hub did not say that Fortnox is connected.',
        'Run "fortnox-blueprint install", then "fortnox-blueprint status".',
      );
    }
    if (!wanted.isCodeGiven) {
      warnOfMissing(wanted.scopes, answer.data.scope, context);
    }
    const token = activatedTimes(answer.data);
    const lines = [
      'Fortnox is connected.',
      ...tokenLines(token, context.now()),
      'Next: fortnox-blueprint status',
    ];
    return { exitCode: ExitCode.done, json: { token }, lines };
  } finally {
    await hub.close();
  }
}

/** Connects a company in Fortnox, with the person's default browser. */
export function run(input: CommandInput, context: Context): Promise<CommandResult> {
  return activate(input, context, openInBrowser);
}
