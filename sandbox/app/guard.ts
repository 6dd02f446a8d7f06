import { randomBytes, timingSafeEqual } from 'node:crypto';
import { type Answer, type Call, type Handler, json, type Route, redirect } from '../net/call.js';
import { html } from './http.js';
import type { AppModes } from './modes.js';
import type { Renderer } from './render.js';

const COOKIE = 'sandbox_session';

/** On every answer: nothing is loaded from elsewhere, and no address is passed on to others. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/**
 * @returns the handler, but only for calls to the loopback's own names, and from the app's own pages: no other site
 *   may run a workflow through the browser of whoever looks at it
 */
export function guarded(handler: Handler): Handler {
  return async (call) => {
    const { host = '', origin } = call.headers;
    const isOwn = /^(127\.0\.0\.1|localhost):\d+$/.test(host);
    const isForeign = call.method !== 'GET' && origin !== undefined && origin !== `http://${host}`;
    const answer =
      isOwn && !isForeign
        ? await handler(call)
        : { status: 403, headers: {}, body: 'This page is asked for from elsewhere.' };
    return { ...answer, headers: { ...HEADERS, ...answer.headers } };
  };
}

/** A login page, and what lets nobody through before it. */
export interface Login {
  readonly routes: Readonly<Record<string, Route>>;
  /** @returns what to answer in place of a page; undefined where whoever asks may go on */
  stops(call: Call): Answer | undefined;
}

/**
 * Makes the login, for the user `admin`.
 *
 * @param modes whether it is needed
 * @param password what it takes
 */
export function login(modes: AppModes, pages: Renderer, password: string): Login {
  const session = randomBytes(24).toString('hex');
  const page = async (next: string, problem?: string) =>
    html(await pages.view('login', { title: 'Log in', next, problem }), problem ? 401 : 200);
  return {
    routes: {
      'GET /login': ({ query }) => page(query.get('next') ?? '/'),
      'POST /login': ({ body }) => {
        const fields = new URLSearchParams(body);
        const next = fields.get('next') ?? '/';
        if (!isSame(fields.get('password') ?? '', password)) {
          return page(next, 'That is not the password. The sandbox printed it.');
        }
        const answer = redirect(/^\/(?![/\\])/.test(next) ? next : '/');
        const cookie = `${COOKIE}=${session}; Path=/; HttpOnly; SameSite=Lax`;
        return { ...answer, headers: { ...answer.headers, 'set-cookie': cookie } };
      },
    },
    stops({ method, path, query, headers }) {
      const [, cookie = ''] = new RegExp(`${COOKIE}=(\\w+)`).exec(headers.cookie ?? '') ?? [];
      const isOpen = /^\/(login$|assets\/)/.test(path);
      if (modes.login === 'none' || isOpen || isSame(cookie, session)) {
        return undefined;
      }
      if (method !== 'GET') {
        return json({ statusCode: 401, error: 'Unauthorized', message: 'Log in first' }, 401);
      }
      const next = query.size > 0 ? `${path}?${query}` : path;
      return redirect(`/login?next=${encodeURIComponent(next)}`);
    },
  };
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
