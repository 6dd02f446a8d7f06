import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Context, Hono, MiddlewareHandler } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Bindings } from '../server.js';
import type { AppModes } from './modes.js';
import type { Renderer } from './render.js';

const COOKIE = 'sandbox_session';

/** The headers of every page: nothing is loaded from elsewhere, and no address is passed on. */
export const guarded: MiddlewareHandler<Bindings> = async (context, next) => {
  const host = context.req.header('host') ?? '';
  const origin = context.req.header('origin');
  const isOwn = /^(127\.0\.0\.1|localhost):\d+$/.test(host);
  // A page of another origin must not be able to run a workflow through the browser of whoever looks at it.
  const isForeign =
    context.req.method !== 'GET' && origin !== undefined && origin !== `http://${host}`;
  if (!isOwn || isForeign) {
    return context.text('This page is asked for from elsewhere.', 403);
  }
  await next();
  context.header(
    'content-security-policy',
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  );
  context.header('referrer-policy', 'no-referrer');
  context.header('x-content-type-options', 'nosniff');
  context.header('cache-control', 'no-store');
  return undefined;
};

/**
 * Adds the login page, and leads whoever has not logged in to it, where the mode asks for it.
 *
 * @param password what the login takes, for the user `admin`
 */
export function loginRoutes(
  app: Hono<Bindings>,
  modes: AppModes,
  pages: Renderer,
  password: string,
): void {
  const session = randomBytes(24).toString('hex');
  const page = async (context: Context<Bindings>, next: string, problem?: string) =>
    context.html(
      await pages.view('login', { title: 'Log in', next, problem }),
      problem ? 401 : 200,
    );
  app.get('/login', (context) => page(context, context.req.query('next') ?? '/'));
  app.post('/login', async (context) => {
    const { password: given, next = '/' } = (await context.req.parseBody()) as Record<
      string,
      string
    >;
    if (!isSame(given ?? '', password)) {
      return page(context, next, 'That is not the password. The sandbox printed it.');
    }
    setCookie(context, COOKIE, session, { httpOnly: true, sameSite: 'Lax', path: '/' });
    return context.redirect(/^\/(?![/\\])/.test(next) ? next : '/', 303);
  });
  app.use(async (context, next) => {
    const isIn = modes.login === 'none' || isSame(getCookie(context, COOKIE) ?? '', session);
    if (isIn || context.req.path.startsWith('/assets/')) {
      return next();
    }
    if (context.req.method !== 'GET') {
      return context.json({ statusCode: 401, error: 'Unauthorized', message: 'Log in first' }, 401);
    }
    const { pathname, search } = new URL(context.req.url);
    return context.redirect(`/login?next=${encodeURIComponent(pathname + search)}`);
  });
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
