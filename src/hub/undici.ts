import { createRequire, Module } from 'node:module';
import type { Agent, Dispatcher, EnvHttpProxyAgent } from 'undici';

/**
 * undici by the files that are needed: the whole of it takes three times as long to load. Where a file is no longer found
 * there, every test that asks a Hub fails.
 */
const load = createRequire(import.meta.url);

/**
 * undici reads answers with WebAssembly, which V8 would optimize after some ten answers: that takes a tenth of a second of
 * processor time and 35 MB, and what is left of it when all is done is waited for. No answer of a Hub is so long that it
 * pays. In bytes run; the default is 1.8 million. A Node that is newer than those it was tried on may not know the flag, and
 * would say so.
 */
function keepParserPlain(): void {
  if (Number.parseInt(process.versions.node, 10) <= 24) {
    const { setFlagsFromString } = process.getBuiltinModule('node:v8');
    setFlagsFromString('--wasm-tiering-budget=1000000000');
  }
}

/** HTTP/2, which is never asked for here. undici would load Node's part of it, and with it that for TLS. */
function leaveOutHttp2(): void {
  const id = load.resolve('undici/lib/dispatcher/client-h2.js');
  load.cache[id] ??= Object.assign(new Module(id), { loaded: true });
}

/** What undici's `request` takes as its `this`, and answers. */
type Request = (
  this: Dispatcher,
  options: Dispatcher.RequestOptions,
) => Promise<Dispatcher.ResponseData>;

/** @returns a dispatcher that asks a server itself */
export function directDispatcher(options: Agent.Options): Dispatcher {
  keepParserPlain();
  leaveOutHttp2();
  const DirectAgent = load('undici/lib/dispatcher/agent.js') as typeof Agent;
  return new DirectAgent(options);
}

/** @returns a dispatcher that asks through proxies; they need the whole of undici */
export function proxyDispatcher(options: EnvHttpProxyAgent.Options): Dispatcher {
  keepParserPlain();
  const undici = load('undici') as { EnvHttpProxyAgent: typeof EnvHttpProxyAgent };
  return new undici.EnvHttpProxyAgent(options);
}

/** Sends one request. No redirect is followed, and nothing is unpacked. */
export function sendBy(
  dispatcher: Dispatcher,
  options: Dispatcher.RequestOptions,
): Promise<Dispatcher.ResponseData> {
  const request = load('undici/lib/api/api-request.js') as Request;
  return request.call(dispatcher, options);
}
