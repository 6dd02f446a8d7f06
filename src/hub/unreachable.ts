import { BlueprintError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';

/** A way in which a server can be out of reach. */
interface Kind {
  readonly code: string;
  /** Codes of Node, OpenSSL and undici, separated by spaces. */
  readonly when: string;
  /** Trying again does not help. */
  readonly lasts: boolean;
  /** @param host host and port; @param seconds the time-out of a request */
  readonly message: (host: string, seconds: number) => string;
  readonly hint: string;
}

/** How far the causes of an error are followed. */
const MAX_DEPTH = 8;

const nameOf = (host: string) => host.replace(/:\d+$/, '');
const portOf = (host: string) => /:(\d+)$/.exec(host)?.[1] ?? host;

const KINDS: readonly Kind[] = [
  {
    code: 'proxy_refused',
    when: 'PROXY_REFUSED',
    lasts: true,
    message: (host) => `The proxy does not let a request through to ${host}.`,
    hint: 'Check HTTPS_PROXY and its password, or name the host in NO_PROXY.',
  },
  {
    code: 'hub_certificate_untrusted',
    when: 'DEPTH_ZERO_SELF_SIGNED_CERT SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    lasts: true,
    message: (host) => `The certificate of ${host} is not trusted.`,
    hint: 'If the Hub has a certificate of your own, give its authority with --ca-file.',
  },
  {
    code: 'hub_certificate_name',
    when: 'ERR_TLS_CERT_ALTNAME_INVALID',
    lasts: true,
    message: (host) => `The certificate of ${host} is made out for another name.`,
    hint: 'Use the name that the certificate is made out for in --api-url.',
  },
  {
    code: 'hub_certificate_expired',
    when: 'CERT_HAS_EXPIRED CERT_NOT_YET_VALID',
    lasts: true,
    message: (host) => `The certificate of ${host} is not valid at this time.`,
    hint: 'Renew it on the Hub, and check the clock of this computer.',
  },
  {
    code: 'hub_no_tls',
    when: 'ERR_SSL_WRONG_VERSION_NUMBER EPROTO ERR_SSL_PACKET_LENGTH_TOO_LONG',
    lasts: true,
    message: (host) => `What answers at ${host} does not speak https.`,
    hint: 'Try http:// in place of https:// in --api-url, or the port that speaks https.',
  },
  {
    code: 'hub_port_blocked',
    when: 'BLOCKED_PORT',
    lasts: true,
    message: (host) =>
      `Port ${portOf(host)} of ${nameOf(host)} is one that web clients refuse to ask, browsers too.`,
    hint: 'Check the port in --api-url; the API usually listens on 8181.',
  },
  {
    code: 'hub_name_unknown',
    when: 'ENOTFOUND',
    lasts: true,
    message: (host) => `The name ${nameOf(host)} is not known.`,
    hint: 'Check --api-url and the network.',
  },
  {
    code: 'hub_name_unknown',
    when: 'EAI_AGAIN',
    lasts: false,
    message: (host) => `The name ${nameOf(host)} could not be looked up.`,
    hint: 'Check --api-url and the network.',
  },
  {
    code: 'hub_timeout',
    when: 'TIMEOUT UND_ERR_CONNECT_TIMEOUT ETIMEDOUT',
    lasts: false,
    message: (host, seconds) => `The Hub at ${host} did not answer within ${seconds} s.`,
    hint: 'Check that the Hub is up and not blocked by a firewall; --timeout allows more time.',
  },
  {
    code: 'hub_connection_refused',
    when: 'ECONNREFUSED',
    lasts: false,
    message: (host) => `Nothing answers at ${host}.`,
    hint: 'Check that the Hub is up, and its port in --api-url; the API usually listens on 8181.',
  },
];

/** Where a request was sent, as far as a failure needs it. */
interface Target {
  /** Host and port. */
  readonly host: string;
  /** The time-out of a request. */
  readonly seconds: number;
  /** The environment names a proxy. */
  readonly isProxied: boolean;
  /** It was to run a workflow. */
  readonly isRun?: boolean | undefined;
}

/** @returns whether the environment names a proxy */
export function isProxied(env: Readonly<Record<string, string | undefined>>): boolean {
  const proxy = env.https_proxy ?? env.HTTPS_PROXY ?? env.http_proxy ?? env.HTTP_PROXY ?? '';
  return proxy !== '';
}

/**
 * Says in plain words why the Hub could not be reached.
 *
 * @param error what the request failed with
 * @returns the failure, which tells whether it makes sense to try again
 */
export function unreachable(error: unknown, target: Target): BlueprintError {
  const codes = codesOf(error);
  const [code = 'no code'] = codes;
  const kind = KINDS.find(({ when }) => when.split(' ').some((name) => codes.includes(name)));
  const message =
    kind?.message(target.host, target.seconds) ??
    `The Hub at ${target.host} could not be reached (${code}).`;
  const proxy =
    target.isProxied && kind?.code !== 'proxy_refused' ? ' A proxy is set in HTTPS_PROXY.' : '';
  const isCut = kind === undefined || kind.code === 'hub_timeout';
  const hint =
    target.isRun && isCut
      ? 'The flow may have run all the same: see "fortnox-blueprint status", then run the command again.'
      : `${kind?.hint ?? 'Check --api-url and the network.'}${proxy}`;
  const details = { hint, cause: error, mayPass: kind?.lasts !== true };
  const name = kind?.code ?? 'hub_unreachable';
  return new BlueprintError(name, message, ExitCode.unreachable, details);
}

/** @returns the codes of an error and of everything that caused it */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (
    let next = error, depth = 0;
    next instanceof Error && depth < MAX_DEPTH;
    next = next.cause, depth += 1
  ) {
    const { code } = next as { code?: unknown };
    if (typeof code === 'string') {
      codes.push(code);
    }
    if (next.name === 'TimeoutError') {
      codes.push('TIMEOUT');
    }
    // undici has no code of its own for this.
    if (/^Proxy (response|Authentication)/.test(next.message)) {
      codes.unshift('PROXY_REFUSED');
    }
    // Nor for a port of the Fetch standard's list, such as 6000, which it refuses to ask ("bad port").
    if (next.message === 'bad port') {
      codes.unshift('BLOCKED_PORT');
    }
    if (next instanceof AggregateError) {
      codes.push(...next.errors.flatMap(codesOf));
    }
  }
  return codes;
}
