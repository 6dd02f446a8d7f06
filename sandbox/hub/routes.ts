import { type Answer, type Call, type Handler, json, type Route, router } from '../net/call.js';
import type { SettingsStore, Written } from './settings.js';

/** Where the Hub's API begins. */
export const API = '/api/v2';

/** Who may call the Hub: the roles of each user, by the whole value of the authorization header. */
export type Users = ReadonlyMap<string, readonly string[]>;

/**
 * @param users who may call it; what is below /admin, /setup and /tools needs the role admin
 * @param routes by method and path below /api/v2
 * @param isThere which of them this Hub has; default: all
 * @returns the Hub's API, as far as public sources describe it, and no further
 */
export function hubHandler(
  users: () => Users,
  routes: Readonly<Record<string, Route>>,
  isThere: (route: string) => boolean = () => true,
): Handler {
  const below = Object.entries(routes).map(([name, route]): [string, Route] => [
    name.replace(' ', ` ${API}`),
    (call, params) => (isThere(name) ? route(call, params) : notFound()),
  ]);
  const handle = router(Object.fromEntries(below), notFound);
  return (call) => {
    if (!call.path.startsWith(`${API}/`)) {
      return notFound();
    }
    const roles = users().get(call.headers.authorization ?? '');
    if (!roles) {
      return refusal(401, 'Unauthorized', 'Missing or wrong authentication');
    }
    if (/^\/api\/v2\/(admin|setup|tools)\//.test(call.path) && !roles.includes('admin')) {
      return refusal(403, 'Forbidden', 'Insufficient scope');
    }
    return handle(call);
  };
}

/** @returns the endpoints of the settings */
export function settingsRoutes(
  settings: () => SettingsStore,
  users: () => Users,
): Record<string, Route> {
  const rolesOf = ({ headers }: Call) => users().get(headers.authorization ?? '') ?? [];
  const isRefreshed = ({ query }: Call) => query.get('refresh') === 'true';
  return {
    'GET /my/config/settings': (call) =>
      json(settings().map(call.query.get('tag') ?? undefined, rolesOf(call))),
    'GET /my/config/settings/:key': (call, { key = '' }) => {
      const record = settings().record(key, rolesOf(call));
      return record ? json(record) : notFound();
    },
    'GET /admin/config/settings/:key': (_call, { key = '' }) => {
      const record = settings().record(key);
      return record ? json(record) : notFound();
    },
    'PATCH /admin/config/settings/:key': (call, { key = '' }) =>
      withBody(call, (body) => written(settings().patch(key, body, isRefreshed(call)))),
    'DELETE /admin/config/settings/:key': (call, { key = '' }) =>
      settings().remove(key, isRefreshed(call)) ? json({ key }) : notFound(),
    'POST /admin/config/settings': (call) =>
      withBody(call, (body) => written(settings().post(body, isRefreshed(call)))),
    'PUT /admin/config/settings/:key': (call, { key = '' }) =>
      withBody(call, (body) => written(settings().put(key, body, isRefreshed(call)))),
  };
}

/** @returns the endpoint that sends mail; here nothing is sent */
export function mailRoutes(): Record<string, Route> {
  return { 'POST /tools/sendmail': (call) => withBody(call, () => json({})) };
}

/** Reads the body of a call. @returns what is made of it, or a refusal where it is not a JSON object */
export function withBody({ body }: Call, route: (body: Record<string, unknown>) => Answer): Answer {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return refusal(400, 'Bad Request', 'Invalid request payload JSON format');
  }
  return parsed !== null && typeof parsed === 'object'
    ? route(parsed as Record<string, unknown>)
    : refusal(400, 'Bad Request', 'The body must be an object');
}

/** @returns a refusal of the Hub's own: its `error` is text */
export function refusal(statusCode: number, error: string, message: string): Answer {
  return json({ statusCode, error, message }, statusCode);
}

/** @returns the records that `query` finds in the text of them, `pagesize` at most (10 where it is not given) */
export function found<Item>(records: readonly Item[], query: URLSearchParams): Item[] {
  const text = query.get('query') ?? '';
  return records
    .filter((record) => JSON.stringify(record).includes(text))
    .slice(0, Number(query.get('pagesize') ?? 10));
}

/** @returns what the Hub answers where there is nothing */
export function notFound(): Answer {
  return refusal(404, 'Not Found', 'Not Found');
}

function written(result: Written): Answer {
  return 'setting' in result
    ? json({ key: result.setting.key })
    : json({ statusCode: result.status, message: result.message }, result.status);
}
