import type { Socket } from 'node:net';
import { BlueprintError } from '../core/errors.js';
import { ExitCode } from '../core/exit-codes.js';
import { stopAt } from '../core/sleep.js';
import { writeHttps } from './bad-answers.js';
import { unreachable } from './unreachable.js';

/** How long a port may take to show what it speaks. */
const LIMIT_MS = 3000;

/**
 * Tries whether a connection ended since http was sent to a port that speaks https, or the other way round.
 *
 * @param failure what a request ended with
 * @param signal gives up trying
 * @returns the failure that says so; the same one where it is not the reason
 */
export async function otherProtocol(
  failure: BlueprintError,
  apiUrl: string,
  signal: AbortSignal,
): Promise<BlueprintError> {
  const address = new URL(apiUrl);
  // Whatever has a reason of its own, such as a certificate, needs no other.
  if (failure.code !== 'hub_unreachable') {
    return failure;
  }
  if (address.protocol === 'http:') {
    const details = { hint: writeHttps(apiUrl), cause: failure };
    return (await speaksTls(address, signal))
      ? new BlueprintError(
          'hub_speaks_tls',
          'This port speaks https.',
          ExitCode.unreachable,
          details,
        )
      : failure;
  }
  const asIfRefused = Object.assign(new Error('plain http', { cause: failure }), {
    code: 'EPROTO',
  });
  return (await speaksPlain(address, signal))
    ? unreachable(asIfRefused, { host: address.host, seconds: 0, isProxied: false })
    : failure;
}

/** @returns whether what listens at an address speaks TLS; nothing is sent to it but the greeting */
function speaksTls({ hostname, port }: URL, signal: AbortSignal): Promise<boolean> {
  const host = bare(hostname);
  const servername = /^[\d.]+$|:/.test(host) ? '' : host;
  // Whose certificate it is does not matter here: no secret is sent.
  const socket = process.getBuiltinModule('node:tls').connect({
    host,
    port: Number(port || 80),
    servername,
    rejectUnauthorized: false,
  });
  return settled(socket, signal, (settle) => {
    socket.once('secureConnect', () => settle(true));
    // To refuse a greeting by an alert takes TLS as well.
    socket.once('error', ({ message }) => settle(/\balert\b/i.test(message)));
  });
}

/** @returns whether what listens at an address speaks plain http; nothing secret is sent to it */
function speaksPlain({ hostname, port }: URL, signal: AbortSignal): Promise<boolean> {
  const host = bare(hostname);
  const { connect } = process.getBuiltinModule('node:net');
  const socket = connect({ host, port: Number(port || 443) });
  return settled(socket, signal, (settle) => {
    socket.once('connect', () => socket.write(`HEAD / HTTP/1.1\r\nhost: ${host}\r\n\r\n`));
    socket.once('data', (chunk) => settle(chunk.toString('latin1').startsWith('HTTP/1')));
    socket.once('error', () => settle(false));
  });
}

function settled(
  socket: Socket,
  signal: AbortSignal,
  listen: (settle: (answer: boolean) => void) => void,
): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    const release = stopAt(signal, () => settle(false));
    socket.once('close', release);
    socket.setTimeout(LIMIT_MS, () => settle(false));
    listen(settle);
    socket.once('close', () => settle(false));
    // What comes after the first sign is of no interest, and must not end the program.
    socket.on('error', () => undefined);
  });
}

function bare(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
