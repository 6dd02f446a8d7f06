import { ExitCode } from '../core/exit-codes.js';
import { parseJson } from '../core/json.js';
import { noApiHint } from './no-api-hint.js';
import { PASSING_STATUSES } from './retry.js';

/** What came back in place of a good answer. */
export interface BadAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly contentType: string;
  readonly body: string;
  readonly method: string;
  readonly path: string;
  /** What the path is below of. */
  readonly apiUrl: string;
  /** It was to run a workflow. */
  readonly isRun?: boolean | undefined;
}

/** A kind of answer that is not a good one. */
export interface BadKind {
  readonly code: string;
  readonly exitCode: ExitCode;
  readonly mayPass?: boolean;
  readonly when: (answer: BadAnswer) => boolean;
  /** @param reason what the Hub gives as one, with a colon before it; or a full stop */
  readonly message: (answer: BadAnswer, reason: string) => string;
  readonly hint: (answer: BadAnswer) => string;
}

const { notAuthorised, refused, unreachable } = ExitCode;

/** The list of settings: every Hub's API has it, so what answers 404 to it is none. */
export const SETTINGS_LIST = '/my/config/settings';

/** What servers that speak https say to plain http: nginx, Apache, Go. */
const PLAIN_TO_TLS =
  /plain HTTP (request was sent to HTTPS port|to an SSL-enabled server)|HTTP request to an HTTPS server/i;

const API_HINT =
  'Give the address of the API in --api-url, not that of the web app or a page; the API usually listens on 8181.';
const LOG_HINT = "Look at the Hub's log, and run the command again.";

const where = ({ method, path }: BadAnswer) => `${method} ${path}`;
const isSuccess = ({ status }: BadAnswer) => status < 300;

/** From the surest sign to the weakest; the first that fits is taken. */
const KINDS: readonly BadKind[] = [
  {
    code: 'hub_speaks_tls',
    exitCode: unreachable,
    when: ({ status, body }) => status === 400 && PLAIN_TO_TLS.test(body),
    message: () => 'This port speaks https.',
    hint: ({ apiUrl }) => writeHttps(apiUrl),
  },
  {
    code: 'hub_speaks_tls',
    exitCode: unreachable,
    when: (answer) => httpsTarget(answer) !== undefined,
    message: ({ apiUrl }) => `${new URL(apiUrl).host} speaks https: it leads there from http.`,
    hint: (answer) => `Write ${httpsTarget(answer)} in --api-url.`,
  },
  {
    code: 'proxy_refused',
    exitCode: unreachable,
    when: ({ status }) => status === 407,
    message: ({ apiUrl }) => `The proxy does not let a request through to ${new URL(apiUrl).host}.`,
    hint: () => 'Check HTTP_PROXY and its password, or name the host in NO_PROXY.',
  },
  {
    code: 'hub_redirect',
    exitCode: refused,
    when: ({ status }) => status >= 300 && status < 400,
    message: (answer) => {
      const target = pathOf(answer.location);
      return `The Hub redirects ${where(answer)}${target && ` to ${target}`}, as to a login page.`;
    },
    hint: () => API_HINT,
  },
  {
    code: 'flow_timeout',
    exitCode: unreachable,
    when: (answer) => answer.isRun === true && [408, 504].includes(answer.status) && isJson(answer),
    message: (answer, reason) => `The flow did not end in time (${where(answer)})${reason}`,
    hint: () => 'It may still end by itself: see "fortnox-blueprint status" before another run.',
  },
  {
    code: 'hub_not_ready',
    exitCode: unreachable,
    mayPass: true,
    when: ({ status }) => PASSING_STATUSES.includes(status),
    message: (answer, reason) => {
      const sender = isPage(answer) ? ', from what stands before it' : '';
      return `The Hub is not ready (${answer.status} to ${where(answer)}${sender})${reason}`;
    },
    hint: ({ isRun }) =>
      isRun === true
        ? 'The flow may have run all the same: see "fortnox-blueprint status", then run the command again.'
        : 'Wait a little, and run the command again. If it stays so, look at the Hub, and at the proxy before it.',
  },
  {
    code: 'hub_unauthorized',
    exitCode: notAuthorised,
    when: ({ status }) => status === 401,
    message: (answer) =>
      isPage(answer)
        ? 'The token is not accepted, by the Hub or by a proxy before it.'
        : 'The Hub does not accept the token.',
    hint: () =>
      'Check the token: ONIFY_API_TOKEN or --token-file takes the whole header value, "Bearer " included.',
  },
  {
    code: 'hub_forbidden',
    exitCode: notAuthorised,
    when: ({ status }) => status === 403,
    message: (answer) => `The token may not do this on the Hub (${where(answer)}).`,
    hint: () => 'Use the token of a user or an app that has the role admin.',
  },
  {
    code: 'hub_no_api',
    exitCode: refused,
    when: ({ status, path }) => status === 404 && path === SETTINGS_LIST,
    message: ({ apiUrl }) => `There is no Hub API at ${apiUrl}: it has no list of settings.`,
    hint: ({ apiUrl }) => noApiHint(apiUrl),
  },
  {
    code: 'hub_not_json',
    exitCode: refused,
    when: (answer) => isPage(answer) && (isSuccess(answer) || [404, 405].includes(answer.status)),
    message: (answer) =>
      `A web page came back in place of data (${where(answer)}, ${answer.status}).`,
    hint: () => API_HINT,
  },
  {
    code: 'hub_refused',
    exitCode: refused,
    when: isPage,
    message: (answer) =>
      `The Hub, or a proxy before it, answered ${answer.status} to ${where(answer)} with an error page.`,
    hint: () => LOG_HINT,
  },
  {
    code: 'hub_empty',
    exitCode: refused,
    when: (answer) => isSuccess(answer) && answer.body.trim() === '',
    message: (answer) => `The Hub's answer is empty (${where(answer)}, ${answer.status}).`,
    hint: () => 'Check --api-url, and whether a proxy stands in between.',
  },
  {
    code: 'hub_not_json',
    exitCode: refused,
    when: isSuccess,
    message: (answer) => `The Hub's answer is not valid JSON (${where(answer)}, ${answer.status}).`,
    hint: () => 'Check --api-url, and whether a proxy stands in between.',
  },
];

const REST: Omit<BadKind, 'when'> = {
  code: 'hub_refused',
  exitCode: refused,
  message: (answer, reason) => `The Hub answered ${answer.status} to ${where(answer)}${reason}`,
  hint: ({ status }) => (status >= 500 ? LOG_HINT : 'Check --api-url and the Hub.'),
};

/** @returns the kind of a bad answer; every one is of some kind */
export function badKindOf(answer: BadAnswer): Omit<BadKind, 'when'> {
  return KINDS.find(({ when }) => when(answer)) ?? REST;
}

/** @returns whether an answer is a web page */
export function isPage({ contentType, body }: Pick<BadAnswer, 'contentType' | 'body'>): boolean {
  return /html/i.test(contentType) || /^\s*</.test(body);
}

/** @returns the next step where http was sent to a port that speaks https */
export function writeHttps(apiUrl: string): string {
  return `Write ${apiUrl.replace(/^http:/, 'https:')} in --api-url.`;
}

// Where a redirect leads to the same host by https; the path stays out, as what follows it may hold a session.
function httpsTarget({ status, location, apiUrl }: BadAnswer): string | undefined {
  const isRedirect = status >= 300 && status < 400 && location !== null;
  if (!isRedirect || !apiUrl.startsWith('http:') || !URL.canParse(location)) {
    return undefined;
  }
  const { protocol, hostname, origin } = new URL(location);
  return protocol === 'https:' && hostname === new URL(apiUrl).hostname ? origin : undefined;
}

function isJson({ body }: BadAnswer): boolean {
  return parseJson(body) !== undefined;
}

// The path alone: what follows it may hold a session.
function pathOf(location: string | null): string {
  if (location === null || !URL.canParse(location, 'http://hub')) {
    return '';
  }
  return new URL(location, 'http://hub').pathname;
}
