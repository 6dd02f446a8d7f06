import { createServer, type RequestListener, type Server } from 'node:http';
import { type BlueprintError, ConfigError } from '../core/errors.js';
import { isBlockedPort } from './blocked-ports.js';

/** How long a client may take to send its request; what takes longer ends within a tenth more. */
const REQUEST_TIMEOUT_MS = 9000;

const PASTE_HINT = 'Use --no-browser and paste the address that Fortnox leads to.';

/** Codes of addresses that this machine does not have. */
const NO_SUCH_ADDRESS = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'];

/**
 * Serves HTTP on one port of several addresses, as far as this machine has them.
 *
 * @param addresses IP addresses
 * @param handle answers the requests to each of them
 * @param timeoutMs how long a client may take to send its request
 * @returns stops all of it and cuts every connection, at once; may be called twice
 * @throws ConfigError when the port is used by another program, may not be used, or is one that browsers do not open
 */
export async function listenOn(
  addresses: readonly string[],
  port: number,
  handle: RequestListener,
  timeoutMs = REQUEST_TIMEOUT_MS,
): Promise<() => Promise<void>> {
  if (isBlockedPort(port)) {
    throw new ConfigError(
      'redirect_port_blocked',
      `Browsers refuse to open port ${port}, so no answer can arrive there.`,
      PASTE_HINT,
    );
  }
  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(stop));
  };
  // Node looks for what has timed out only each half minute otherwise.
  const connectionsCheckingInterval = timeoutMs / 10;
  const limits = {
    requestTimeout: timeoutMs,
    headersTimeout: timeoutMs,
    connectionsCheckingInterval,
  };
  try {
    for (const address of addresses) {
      const server = createServer(limits, handle);
      if (await listen(server, address, port)) {
        servers.push(server);
      }
    }
    if (servers.length === 0) {
      throw new Error('this machine has no loopback address');
    }
  } catch (error) {
    await close();
    throw listenError(error, port);
  }
  return close;
}

/** @returns false where this machine does not have the address */
async function listen(server: Server, host: string, port: number): Promise<boolean> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
    return true;
  } catch (error) {
    if (NO_SUCH_ADDRESS.includes(codeOf(error))) {
      return false;
    }
    throw error;
  }
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) {
    return;
  }
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await closed;
}

function listenError(error: unknown, port: number): BlueprintError {
  const make = (code: string, message: string, hint = PASTE_HINT) =>
    new ConfigError(code, message, hint, error);
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return make(
        'redirect_port_used',
        `Port ${port} is used by another program, so no answer can arrive there.`,
        'Stop that program, or use --no-browser and paste the address.',
      );
    case 'EACCES':
      return make(
        'redirect_port_forbidden',
        `This user may not listen on port ${port}, so no answer can arrive there.`,
      );
    default:
      return make(
        'redirect_port_failed',
        `Nothing can be received on port ${port} of this computer.`,
      );
  }
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code);
}
