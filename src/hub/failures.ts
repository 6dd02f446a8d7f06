import { BlueprintError, RefusedError } from '../errors.js';
import { ExitCode } from '../exit-codes.js';

const UNTRUSTED = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
];

/** @returns the codes of an error and of everything that caused it */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let next = error, depth = 0; next instanceof Error && depth < 8; next = next.cause, depth += 1) {
    const { code } = next as { code?: unknown };
    if (typeof code === 'string') codes.push(code);
    if (next.name === 'TimeoutError') codes.push('TIMEOUT');
    if (next instanceof AggregateError) codes.push(...next.errors.flatMap(codesOf));
  }
  return codes;
}

/**
 * Says in plain words why the Hub could not be reached.
 *
 * @param error what the request failed with
 * @param host the Hub's host and port
 * @param seconds the time-out of a request
 */
export function unreachable(error: unknown, host: string, seconds: number): BlueprintError {
  const codes = codesOf(error);
  const has = (...some: string[]) => some.some((code) => codes.includes(code));
  const fail = (code: string, message: string, hint: string) =>
    new BlueprintError(code, message, ExitCode.unreachable, { hint, cause: error });
  if (has(...UNTRUSTED)) {
    const hint = 'If the Hub has a certificate of your own, give its authority with --ca-file.';
    return fail('hub_certificate_untrusted', `The certificate of ${host} is not trusted.`, hint);
  }
  if (has('ERR_TLS_CERT_ALTNAME_INVALID')) {
    const hint = 'Use the name that the certificate is made out for in --api-url.';
    return fail('hub_certificate_name', `The certificate of ${host} is made out for another name.`, hint);
  }
  if (has('CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID')) {
    const hint = 'Renew it on the Hub, and check the clock of this computer.';
    return fail('hub_certificate_expired', `The certificate of ${host} is not valid at this time.`, hint);
  }
  if (has('ENOTFOUND', 'EAI_AGAIN')) {
    return fail('hub_name_unknown', `The name ${host} is not known.`, 'Check --api-url and the network.');
  }
  if (
    has('TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT')
  ) {
    const hint = 'Check that the Hub is up and not blocked by a firewall; --timeout allows more time.';
    return fail('hub_timeout', `The Hub at ${host} did not answer within ${seconds} s.`, hint);
  }
  if (has('ECONNREFUSED')) {
    const hint = 'Check that the Hub is up, and its port in --api-url; the API usually listens on 8181.';
    return fail('hub_connection_refused', `Nothing answers at ${host}.`, hint);
  }
  if (has('ERR_SSL_WRONG_VERSION_NUMBER', 'EPROTO', 'ERR_SSL_PACKET_LENGTH_TOO_LONG')) {
    const hint = 'Try http:// in place of https:// in --api-url, or the port that speaks https.';
    return fail('hub_no_tls', `What answers at ${host} does not speak https.`, hint);
  }
  const [code = 'no code'] = codes;
  return fail(
    'hub_unreachable',
    `The Hub at ${host} could not be reached (${code}).`,
    'Check --api-url and the network.',
  );
}

/** What came back in place of a good answer. */
export interface BadAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly contentType: string;
  readonly body: string;
  readonly method: string;
  readonly path: string;
}

/** @returns the failure that an answer amounts to */
export function refusal(answer: BadAnswer): BlueprintError {
  const { status, location, method, path } = answer;
  const where = `${method} ${path}`;
  if (status >= 300 && status < 400) {
    const target = location === null ? '' : ` to ${new URL(location, 'http://hub').pathname}`;
    const hint =
      'Give the address of the API in --api-url, not that of the web app; the API usually listens on 8181.';
    return new RefusedError('hub_redirect', `The Hub redirects ${where}${target}, as to a login page.`, hint);
  }
  if (status === 401) {
    const hint =
      'Check the token: ONIFY_API_TOKEN or --token-file takes the whole header value, "Bearer " included.';
    return new BlueprintError(
      'hub_unauthorized',
      'The Hub does not accept the token.',
      ExitCode.notAuthorised,
      { hint },
    );
  }
  if (status === 403) {
    const hint = 'Use the token of a user or an app with the role admin.';
    const message = `The token may not do this on the Hub (${where}).`;
    return new BlueprintError('hub_forbidden', message, ExitCode.notAuthorised, { hint });
  }
  if (/html/i.test(answer.contentType) || /^\s*</.test(answer.body)) {
    const hint =
      'Give the address of the API in --api-url, not that of the web app; the API usually listens on 8181.';
    return new RefusedError(
      'hub_not_json',
      `A web page came back in place of data (${where}, ${status}).`,
      hint,
    );
  }
  if (status < 300 && answer.body.trim() === '') {
    const hint = 'Check --api-url, and that no proxy stands in between.';
    return new RefusedError('hub_empty', `The Hub's answer is empty (${where}, ${status}).`, hint);
  }
  if (status < 300) {
    const hint = 'Check --api-url, and that no proxy stands in between.';
    return new RefusedError('hub_not_json', `The Hub's answer is no JSON (${where}, ${status}).`, hint);
  }
  const hint =
    status >= 500 ? "Look into the Hub's log, and run the command again." : 'Check --api-url and the Hub.';
  const said = messageOf(answer.body);
  return new RefusedError(
    'hub_refused',
    `The Hub answered ${status} to ${where}${said ? `: ${said}` : '.'}`,
    hint,
  );
}

/** @returns the message in an error body of the Hub, shortened; empty where there is none */
function messageOf(body: string): string {
  try {
    const { message, error } = JSON.parse(body) as { message?: unknown; error?: { message?: unknown } };
    const text = error?.message ?? message;
    return typeof text === 'string' ? text.slice(0, 500) : '';
  } catch {
    return '';
  }
}
