import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createSocketServer, type Server as SocketServer } from 'node:net';

/** A port that speaks TLS, and what it answers to whoever speaks plain HTTP to it. */
export interface Tls {
  /** The certificate and its key, in PEM. */
  readonly cert: string;
  readonly key: string;
  /** Cuts the connection as Node does, answers nginx's page, or leads to https as a load balancer does. */
  readonly plainHttp: 'closed' | 'nginx-400' | 'redirect';
}

const NGINX = `<html>
<head><title>400 The plain HTTP request was sent to HTTPS port</title></head>
<body>
<center><h1>400 Bad Request</h1></center>
<center>The plain HTTP request was sent to HTTPS port</center>
<hr><center>nginx</center>
</body>
</html>
`;

/** The first byte of a TLS handshake. */
const HANDSHAKE = 0x16;

/** @returns a server that is to listen, and what ends the connections that it leaves open */
export function tlsServer(
  onRequest: RequestListener,
  { cert, key, plainHttp }: Tls,
): { server: Server | SocketServer; closeConnections: () => void } {
  const secure = createTlsServer({ cert, key }, onRequest);
  if (plainHttp === 'closed') {
    return { server: secure, closeConnections: () => secure.closeAllConnections() };
  }
  const plain = createPlainServer(({ headers, url = '/' }, answer) => {
    const isRedirect = plainHttp === 'redirect';
    answer.writeHead(
      isRedirect ? 301 : 400,
      isRedirect ? { location: `https://${headers.host}${url}` } : { 'content-type': 'text/html' },
    );
    answer.end(isRedirect ? '' : NGINX);
  });
  const front = createSocketServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (first: Buffer) => {
      socket.pause();
      socket.unshift(first);
      (first[0] === HANDSHAKE ? secure : plain).emit('connection', socket);
      process.nextTick(() => socket.resume());
    });
  });
  return {
    server: front,
    closeConnections: () => {
      secure.closeAllConnections();
      plain.closeAllConnections();
    },
  };
}
