import { type Call, type Handler, json, type Route } from '../net/call.js';
import { API } from './routes.js';

/** How a Hub describes its own API. */
interface Described {
  /** Names of the endpoints, such as `GET /admin/workflows`. */
  readonly routes: readonly string[];
  /** Whether an endpoint is there; the document and its page are endpoints too. */
  readonly isThere: (route: string) => boolean;
  readonly version: () => string;
}

/**
 * Adds the OpenAPI document at /swagger.json and its page at /documentation, where a Hub built with hapi-swagger has
 * them. The document names what the embedded Hub has, and no more.
 *
 * @param handler takes every other call
 */
export function documented(handler: Handler, { routes, isThere, version }: Described): Handler {
  const documents: Readonly<Record<string, () => ReturnType<Route>>> = {
    'GET /swagger.json': () => json(openApi(routes.filter(isThere), version())),
    'GET /documentation': () => ({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      body: '<!DOCTYPE html><title>API</title><a href="/swagger.json">swagger.json</a>',
    }),
  };
  return (call: Call) => {
    const name = `${call.method} ${call.path}`;
    const document = isThere(name) ? documents[name] : undefined;
    return document ? document() : handler(call);
  };
}

function openApi(routes: readonly string[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const [method = '', path = ''] = route.split(' ');
    const template = API + path.replace(/:(\w+)/g, '{$1}');
    const parameters = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
      name,
      in: 'path',
      required: true,
      type: 'string',
    }));
    const responses = { default: { description: '' } };
    paths[template] = { ...paths[template], [method.toLowerCase()]: { parameters, responses } };
  }
  return { swagger: '2.0', info: { title: 'API documentation', version }, basePath: '/', paths };
}
