import type { Answer, Handler } from '../net/call.js';

/** @returns a page */
export function html(body: string, status = 200): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

/** @returns the handler; where it fails, such as at a template that is not valid Pug, the answer says why */
export function explained(handler: Handler): Handler {
  return async (call) => {
    try {
      return await handler(call);
    } catch (error) {
      const body = error instanceof Error ? error.message : String(error);
      return { status: 500, headers: { 'content-type': 'text/plain; charset=utf-8' }, body };
    }
  };
}
