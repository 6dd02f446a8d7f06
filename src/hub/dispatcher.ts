import type { Dispatcher } from 'undici';
import type { Context } from '../core/context.js';
import { ConfigError } from '../core/errors.js';
import type { Connection } from '../options/connection.js';
import { directDispatcher, proxyDispatcher } from './undici.js';

/** The proxies that the environment names; undefined where it names none. */
interface Proxies {
  readonly http: string | undefined;
  readonly https: string | undefined;
  /** Hosts that are reached without one. */
  readonly none: string;
}

/** @returns undici's own dispatcher for a Hub: its certificates, and the proxy that the environment names */
export function dispatcherFor(connection: Connection, context: Context): Dispatcher {
  const ca = trusted(connection.ca);
  const proxies = proxiesOf(context);
  const connect = {
    rejectUnauthorized: !connection.insecure,
    timeout: connection.timeoutMs,
    ...(ca && { ca }),
  };
  // The time-out of a request covers the whole of it.
  const common = { connect, headersTimeout: 0, bodyTimeout: 0 };
  if (proxies.http === undefined && proxies.https === undefined) {
    return directDispatcher(common);
  }
  return proxyDispatcher({
    ...common,
    requestTls: connect,
    // Empty, not left out: undici would look into the environment of the process by itself.
    httpProxy: proxies.http ?? '',
    httpsProxy: proxies.https ?? '',
    noProxy: proxies.none,
    // As curl does: a tunnel for https alone; many a proxy lets no other through.
    proxyTunnel: false,
  });
}

/**
 * Reads the proxies from the environment.
 *
 * @throws ConfigError when one is not an address
 */
function proxiesOf({ env, output }: Context): Proxies {
  const proxy = (name: string): string | undefined => {
    const text = (env[name.toLowerCase()] ?? env[name] ?? '').trim();
    if (text === '') {
      return undefined;
    }
    const address = URL.canParse(text) ? new URL(text) : undefined;
    if (!address || !/^https?:$/.test(address.protocol)) {
      const hint = `Write it as http://host:port, or unset ${name}.`;
      const message = `${name} in the environment is not a web address.`;
      throw new ConfigError('proxy_malformed', message, hint);
    }
    output.secret(address.password);
    return text;
  };
  return {
    http: proxy('HTTP_PROXY'),
    https: proxy('HTTPS_PROXY'),
    none: env.no_proxy ?? env.NO_PROXY ?? '',
  };
}

/** @returns the certificates to trust: Node's, the system's where this Node can read them, and the given ones */
function trusted(ca: string | undefined): string[] | undefined {
  if (ca === undefined) {
    return undefined;
  }
  const tls = process.getBuiltinModule('node:tls');
  const { getCACertificates } = tls as { getCACertificates?: (kind: string) => string[] };
  return [
    ...(getCACertificates?.('default') ?? tls.rootCertificates),
    ...(getCACertificates?.('system') ?? []),
    ca,
  ];
}
