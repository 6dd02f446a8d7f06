import { isRecord } from '../core/json.js';
import type { Probed } from '../hub/prober.js';
import type { Connection } from '../options/connection.js';
import { isSuccess } from './answer.js';
import { attention, type Check, ok, unknown } from './check.js';

/** How far apart two clocks may be, in milliseconds; the header Date has whole seconds. */
const MAX_SKEW_MS = 60_000;

/**
 * Judges by the first answer how the Hub is reached.
 *
 * @param first what came back to the list of settings, which is documented and takes any token
 * @param now milliseconds since 1970, when it came
 * @returns what was found, and whether the rest can be asked for
 */
export function checkConnection(
  first: Probed,
  connection: Connection,
  now: number,
): { readonly checks: readonly Check[]; readonly isUsable: boolean } {
  if ('failure' in first) {
    const { code, message, hint } = first.failure;
    const isCertificate = /certificate|tls/.test(code);
    const blocked = attention(isCertificate ? 'tls' : 'address', message, hint);
    const reached = ok('address', 'Something answers there.');
    return { checks: isCertificate ? [reached, blocked] : [blocked], isUsable: false };
  }
  const { answer } = first;
  const reached = [
    ok('address', `Answers in ${Math.round(answer.tookMs)} ms.`),
    tlsCheck(connection),
    clockCheck(answer.date, now),
  ];
  if (isSuccess(first) && isRecord(answer.json)) {
    return { checks: [...reached, ok('api', 'This is the API.')], isUsable: true };
  }
  if (isSuccess(first) && !answer.isPage) {
    const text = 'The list of settings is not what an Onify Hub answers.';
    const hint = 'Check that --api-url leads to the API of an Onify Hub, version 2.';
    return { checks: [...reached, attention('api', text, hint)], isUsable: false };
  }
  const { message, hint } = answer.refusal();
  if (!answer.isPage && (answer.status === 401 || answer.status === 403)) {
    const checks = [ok('api', 'This is the API.'), attention('token', message, hint)];
    return { checks: [...reached, ...checks], isUsable: false };
  }
  return { checks: [...reached, attention('api', message, hint)], isUsable: false };
}

function tlsCheck({ apiUrl, insecure }: Connection): Check {
  if (!apiUrl.startsWith('https:')) {
    const isHere = /^http:\/\/(localhost|127\.|\[::1\])/.test(apiUrl);
    const text = isHere ? 'None, on this computer.' : 'None: the token travels in the clear.';
    return ok('tls', text);
  }
  return insecure
    ? unknown('tls', 'Not checked, by --insecure.', 'Give the authority with --ca-file instead.')
    : ok('tls', 'The certificate is trusted.');
}

function clockCheck(date: number | undefined, now: number): Check {
  if (date === undefined) {
    return unknown('clock', 'The Hub does not tell its time.');
  }
  const skew = Math.abs(now - date);
  if (skew <= MAX_SKEW_MS) {
    return ok('clock', 'The same as here.');
  }
  const minutes = Math.round(skew / MAX_SKEW_MS);
  const side = date < now ? 'behind' : 'ahead of';
  return attention(
    'clock',
    `The Hub's clock is about ${minutes} min ${side} this computer's.`,
    "Set the wrong one right: the ends of tokens are counted by the Hub's.",
  );
}
