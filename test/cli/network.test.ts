import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, request } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { installedHub } from '../support/hub.js';
import { cli } from '../support/run-cli.js';

/** A certificate for localhost and an authority that signed it; their keys guard nothing. */
const tls = join(import.meta.dirname, '../fixtures/tls');
const caFile = join(tls, 'ca.pem');

/** Puts https in front of a server, with a certificate for localhost that only the test authority vouches for. */
async function withTls(target: string): Promise<number> {
  const { hostname, port } = new URL(target);
  const server = createServer(
    { key: readFileSync(join(tls, 'server.key')), cert: readFileSync(join(tls, 'server.pem')) },
    (incoming, outgoing) => {
      const { method = 'GET', url: path = '/', headers } = incoming;
      incoming.pipe(
        request({ hostname, port, method, path, headers }, (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        }),
      );
    },
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function secureHub() {
  const { sandbox, env } = await installedHub();
  const port = await withTls(sandbox.apiUrl);
  return { port, env: { ...env, ONIFY_API_URL: `https://localhost:${port}` } };
}

describe('given a Hub with a certificate of its own authority', () => {
  test('it is not trusted, and said so, with what to do', async () => {
    const { env } = await secureHub();
    const ended = await cli(['status', '--json'], { env });
    expect(ended.code).toBe(5);
    expect(JSON.parse(ended.stdout).error).toMatchObject({
      code: 'hub_certificate_untrusted',
      hint: expect.stringMatching(/--ca-file/),
    });
  });

  test('--ca-file makes it trusted', async () => {
    const { env } = await secureHub();
    expect((await cli(['install', '--ca-file', caFile], { env })).code).toBe(0);
  });

  test('a name that the certificate is not for is refused all the same', async () => {
    const { env, port } = await secureHub();
    const ended = await cli(['status', '--ca-file', caFile, '--json'], {
      env: { ...env, ONIFY_API_URL: `https://127.0.0.2:${port}` },
    });
    expect(ended.code).toBe(5);
  });

  test('--insecure takes it, and warns at each run', async () => {
    const { env } = await secureHub();
    const ended = await cli(['install', '--insecure', '--json'], { env });
    expect(ended.code).toBe(0);
    expect(JSON.parse(ended.stdout).warnings).toEqual([expect.stringMatching(/not checked/)]);
  });

  test('a file that holds no certificate is refused before anything is sent', async () => {
    const { env } = await secureHub();
    const ended = await cli(['status', '--ca-file', join(tls, 'server.key')], { env });
    expect(ended.code).toBe(2);
    expect(ended.said).toMatch(/holds no certificate/);
  });

  test('http where https is spoken is told by trying, with the address to write', async () => {
    const { env, port } = await secureHub();
    const url = `http://localhost:${port}`;
    const ended = await cli(['status'], { env: { ...env, ONIFY_API_URL: url } });
    expect(ended.code).toBe(5);
    expect(ended.said).toContain(
      `This port speaks https. Write https://localhost:${port}/api/v2 in --api-url.`,
    );
  });

  test('https where http is spoken is told', async () => {
    const { sandbox, env } = await installedHub();
    const ended = await cli(['status'], {
      env: { ...env, ONIFY_API_URL: sandbox.apiUrl.replace('http:', 'https:') },
    });
    expect(ended.code).toBe(5);
    expect(ended.said).toMatch(/does not speak https/);
  });
});

describe('given a proxy in the environment', () => {
  async function proxy(): Promise<{ url: string; seen: string[] }> {
    const seen: string[] = [];
    const server = createHttpServer();
    server.on('connect', (incoming, socket, head) => {
      seen.push(incoming.url ?? '');
      const [, port] = (incoming.url ?? '').split(':');
      const upstream = connect(Number(port), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        upstream.write(head);
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
  }

  test('requests go through it', async () => {
    const { env, port } = await secureHub();
    const { url, seen } = await proxy();
    const ended = await cli(['install', '--ca-file', caFile], {
      env: { ...env, HTTPS_PROXY: url },
    });
    expect(ended.code).toBe(0);
    expect(seen).toContain(`localhost:${port}`);
  });

  test('but not to a host that NO_PROXY names', async () => {
    const { env } = await secureHub();
    const { url, seen } = await proxy();
    await cli(['install', '--ca-file', caFile], {
      env: { ...env, HTTPS_PROXY: url, NO_PROXY: 'localhost' },
    });
    expect(seen).toEqual([]);
  });
});
