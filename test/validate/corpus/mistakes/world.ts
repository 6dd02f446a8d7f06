import type { Answer } from '../run.js';
import type { Mistake } from './mistake.js';
import { CREATE, STATUS } from './orders.js';
import { REPORT } from './report.js';

/** What the two bases call, as it is when they are right; anything else is not found. */
export const world: Answer = (connector, input) => {
  const url = String(input.url);
  if (connector !== 'httpRequest') {
    return hub(url);
  }
  const { pathname } = new URL(url);
  const found = PATHS.find(([path]) => path.test(pathname));
  if (!found) {
    throw new Error(`404 at ${pathname}`);
  }
  const [, statusCode, body] = found;
  return { statusCode, headers: {}, body };
};

/** The flow that shows a mistake when it is run, and what it is run with. */
export function runOf(mistake: Mistake): {
  readonly path: string;
  readonly variables: Readonly<Record<string, unknown>>;
} {
  if (mistake.in === REPORT) {
    return { path: REPORT, variables: {} };
  }
  return mistake.runs === STATUS
    ? { path: STATUS, variables: { input: { id: 'Ek & Co' } } }
    : { path: CREATE, variables: { submit: { customer: '1234', amount: '1,2', express: true } } };
}

const PATHS: readonly (readonly [path: RegExp, statusCode: number, body: unknown])[] = [
  [/^\/oauth\/token$/, 200, { access_token: 'opaque' }],
  [/^\/orders$/, 201, { id: 7 }],
  [/^\/orders\/./, 200, { status: 'new' }],
];

const HUB: Readonly<Record<string, unknown>> = {
  '/my/config/settings?tag=orders': { _orders_client_id: 'id', _orders_client_secret: 'secret' },
  '/admin/config/settings/_orders_last_receipt?refresh=true': {},
  '/my/workflows/run/order-status': { output: { status: 'new' } },
};

function hub(url: string): unknown {
  const body = HUB[url];
  if (body === undefined) {
    throw new Error(`404 at ${url}`);
  }
  return { statusCode: 200, headers: {}, body };
}
