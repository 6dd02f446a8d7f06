import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import { type CommandInput, textOption } from '../options/input.js';
import { seconds } from '../options/seconds.js';
import { DEFAULT_REDIRECT_URI, type RedirectUri, readRedirectUri } from './redirect-uri.js';
import { DEFAULT_SCOPES, readScopes } from './scopes.js';

/** What `activate` was asked to do. */
interface ActivationOptions {
  readonly redirectUri: RedirectUri;
  readonly scopes: string;
  /** Seconds to wait for the approval. */
  readonly seconds: number;
  readonly opensBrowser: boolean;
  /** The code was obtained elsewhere and comes on stdin. */
  readonly hasCode: boolean;
  /** Another company may take the place of the one that is connected. */
  readonly replacesCompany: boolean;
  /** Nothing else is read from stdin. */
  readonly isStdinFree: boolean;
}

/** Seconds to wait for the approval: as long as a code of Fortnox lives. */
const DEFAULT_WAIT = '600';

/**
 * Reads what `activate` was asked to do.
 *
 * @throws ConfigError when something is malformed
 */
export function readActivationOptions(input: CommandInput, context: Context): ActivationOptions {
  return {
    hasCode: hasCode(input, context),
    isStdinFree: textOption(input, 'tokenFile') !== '-',
    replacesCompany: input.options.replaceCompany === true,
    opensBrowser: input.options.browser !== false,
    redirectUri: redirectUriOf(input),
    scopes: scopesOf(input, context),
    seconds: seconds(textOption(input, 'wait') ?? DEFAULT_WAIT, '--wait'),
  };
}

function hasCode(input: CommandInput, context: Context): boolean {
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

function redirectUriOf(input: CommandInput): RedirectUri {
  const redirectUri = readRedirectUri(textOption(input, 'redirectUri') ?? DEFAULT_REDIRECT_URI);
  if (!('problem' in redirectUri)) {
    return redirectUri;
  }
  const hint = `Give the registered one with --redirect-uri, such as ${DEFAULT_REDIRECT_URI}.`;
  throw new ConfigError('redirect_uri_malformed', redirectUri.problem, hint);
}

function scopesOf(input: CommandInput, context: Context): string {
  const { scopes, undocumented } = readScopes(textOption(input, 'scopes') ?? DEFAULT_SCOPES);
  if (scopes === '') {
    const hint = 'Name at least one: --scopes "customer invoice".';
    throw new ConfigError('scopes_missing', '--scopes names no scope.', hint);
  }
  for (const { name, suggestion } of undocumented) {
    const meant = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`;
    context.output.warn(`Fortnox does not document a scope "${name.slice(0, 60)}".${meant}`);
  }
  return scopes;
}
