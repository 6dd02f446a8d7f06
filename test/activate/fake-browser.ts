import { request } from 'node:http';
import { createServer, type Server } from 'node:net';

/** What a browser gets. */
export interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Listens on a port as some other program does; 0 for any. */
export async function occupy(host: string, port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

/** Stops listening. */
export async function release(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
}

/**
 * Opens the start page as a browser does.
 *
 * @returns where it leads on to, and the headers of what the same browser asks for next
 */
export async function begin(
  start: string,
): Promise<{ readonly url: string; readonly headers: Record<string, string> }> {
  const { headers } = await visit(start);
  const [cookie = ''] = [headers['set-cookie']].flat()[0]?.split(';') ?? [];
  return { url: String(headers.location), headers: { cookie } };
}

/** Sends one request as a browser would, with the header Host of the address unless another is given. */
export function visit(
  url: string,
  options: { method?: string; headers?: Record<string, string>; address?: string } = {},
): Promise<Got> {
  const { hostname, port, pathname, search, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: options.address ?? (hostname === 'localhost' ? '127.0.0.1' : hostname),
        port,
        path: pathname + search,
        method: options.method ?? 'GET',
        headers: { host, ...options.headers },
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const body = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}
