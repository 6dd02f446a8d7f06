/** Which of the two servers a call goes to. */
export type Side = 'hub' | 'fortnox';

/** A call as a server sees it, whether it came by HTTP or from a flow in this process. */
export interface Call {
  readonly side: Side;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Id of the service task that made it; absent where it came by HTTP. */
  readonly task?: string;
  /** Name of the run that made it, where runs have names. */
  readonly run?: string;
}

/** What a server answers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A server without its wire: the same for HTTP and for calls in this process. */
export type Handler = (call: Call) => Answer | Promise<Answer>;

/** What a route gets: the call, and the parts of its path that the pattern names. */
export type Route = (call: Call, params: Readonly<Record<string, string>>) => ReturnType<Handler>;

/** @returns an answer in JSON */
export function json(body: unknown, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  };
}

/** @returns an answer that leads to another address */
export function redirect(location: string): Answer {
  return { status: 302, headers: { location }, body: '' };
}

/** @returns the body of an answer: what its JSON means, else its text */
export function parsedBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/**
 * @param routes what answers a method and a path, such as `GET /my/config/settings/:key`
 * @param otherwise answers every other call
 * @returns a handler that hands each call to its route
 */
export function router(routes: Readonly<Record<string, Route>>, otherwise: Handler): Handler {
  const compiled = Object.entries(routes).map(([name, route]) => {
    const pattern = name.replace(/:(\w+)/g, '(?<$1>[^/]+)');
    return { pattern: new RegExp(`^${pattern}$`), route };
  });
  return (call) => {
    for (const { pattern, route } of compiled) {
      const found = pattern.exec(`${call.method} ${call.path}`);
      if (found) {
        const params = Object.entries(found.groups ?? {});
        return route(
          call,
          Object.fromEntries(params.map(([name, text]) => [name, decodeURIComponent(text)])),
        );
      }
    }
    return otherwise(call);
  };
}
