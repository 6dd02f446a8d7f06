import { WORKFLOWS } from '../blueprint/manifest.js';
import { RefusedError } from '../core/errors.js';
import { isLoopback } from '../core/loopback.js';
import { isSameState } from './state.js';

/** Where Fortnox lets a company approve. */
const FORTNOX = 'https://apps.fortnox.se';

const OLD_FLOW = 'Run "fortnox-blueprint install" to update the flow.';

/**
 * Checks the answer of the flow `fortnox-generate-activation-url` before a browser or a person gets it.
 *
 * @param output what the flow answered
 * @param expected the state and the redirect URI that the flow was given
 * @returns the address in its normal form, printable ASCII
 * @throws RefusedError when it is not an address of Fortnox, or not this run's. The loopback is taken too, where the embedded
 *   Hub's stand-in for Fortnox is.
 */
export function checkActivationUrl(
  output: unknown,
  expected: { readonly state: string; readonly redirectUri: string },
): string {
  const url = typeof output === 'string' && URL.canParse(output) ? new URL(output) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw unusable('is not a web address', OLD_FLOW);
  }
  if (url.origin !== FORTNOX && !isLoopback(url.hostname)) {
    throw unusable(
      'does not lead to Fortnox',
      `Check who changed the flow ${WORKFLOWS.activationUrl} on the Hub.`,
    );
  }
  const states = url.searchParams.getAll('state');
  if (states.length !== 1 || !isSameState(expected.state, states[0] ?? '')) {
    throw unusable("does not carry this run's state", OLD_FLOW);
  }
  const addresses = url.searchParams.getAll('redirect_uri');
  if (addresses.length > 0 && addresses.join() !== expected.redirectUri) {
    throw unusable('leads back to another redirect URI', OLD_FLOW);
  }
  return url.href;
}

function unusable(what: string, hint: string): RefusedError {
  const message = `The activation URL from the Hub ${what}.`;
  return new RefusedError('activation_url_unusable', message, hint);
}
