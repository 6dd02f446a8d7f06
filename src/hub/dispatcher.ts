import * as tls from 'node:tls';
import { type Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { Connection } from '../config/connection.js';
import type { Context } from '../context.js';

/** @returns the certificates to trust: Node's, the system's where this Node can read them, and the given ones */
function trusted(ca: string | undefined): string[] | undefined {
  if (ca === undefined) return undefined;
  const { getCACertificates } = tls as { getCACertificates?: (kind: string) => string[] };
  return [...tls.rootCertificates, ...(getCACertificates?.('system') ?? []), ca];
}

/** @returns undici's own dispatcher for a Hub: its certificates, and the proxy that the environment names */
export function dispatcherFor(connection: Connection, { env }: Context): Dispatcher {
  const ca = trusted(connection.ca);
  const connect = { rejectUnauthorized: !connection.insecure, ...(ca && { ca }) };
  return new EnvHttpProxyAgent({
    connect,
    requestTls: connect,
    httpProxy: env.http_proxy ?? env.HTTP_PROXY ?? '',
    httpsProxy: env.https_proxy ?? env.HTTPS_PROXY ?? '',
    noProxy: env.no_proxy ?? env.NO_PROXY ?? '',
  });
}
