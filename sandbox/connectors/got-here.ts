import type { Options } from 'got';
import { FORTNOX_ORIGINS } from '../fortnox/routes.js';
import type { Answer, Call } from '../net/call.js';
import type { Clock } from '../net/clock.js';
import type { Response } from './connectors.js';

/**
 * Makes a request as got does, to Fortnox in this process; no other host can be reached. It does not repeat a
 * request, as got does not repeat a POST, and follows no redirect.
 *
 * @param options as got read them
 * @param send brings the call to Fortnox
 * @param clock keeps the time of a timeout
 * @throws Error with the code that got gives it
 */
export async function gotHere(
  options: Options,
  task: string,
  send: (call: Call) => Promise<Answer>,
  clock: Clock,
): Promise<Response> {
  const { origin } = new URL(String(options.url));
  if (!FORTNOX_ORIGINS.includes(origin)) {
    throw failure('ENOTFOUND', `getaddrinfo ENOTFOUND ${origin}`);
  }
  const answer = await inTime(send(callOf(options, task)), options.timeout.request, clock);
  const { responseType, throwHttpErrors, followRedirect } = options;
  const response = {
    statusCode: answer.status,
    headers: answer.headers,
    body: responseType === 'json' ? fromJson(answer) : answer.body,
  };
  const isGood = answer.status < (followRedirect ? 300 : 400);
  if (throwHttpErrors && !isGood) {
    const error = failure('ERR_NON_2XX_3XX_RESPONSE', `Status code ${answer.status}`);
    throw Object.assign(error, { response });
  }
  return response;
}

function callOf(options: Options, task: string): Call {
  const { pathname, searchParams } = new URL(String(options.url));
  const { method, form, json, body } = options;
  const [type, text] =
    form !== undefined
      ? ['application/x-www-form-urlencoded', new URLSearchParams(form as never).toString()]
      : json !== undefined
        ? ['application/json', JSON.stringify(json)]
        : ['text/plain', String(body ?? '')];
  const headers = Object.entries(options.headers).filter(([, value]) => value !== undefined);
  return {
    side: 'fortnox',
    method,
    path: pathname,
    query: searchParams,
    headers: { 'content-type': type, ...(Object.fromEntries(headers) as Record<string, string>) },
    body: text,
    task,
  };
}

function inTime(
  answer: Promise<Answer>,
  milliseconds: number | undefined,
  clock: Clock,
): Promise<Answer> {
  if (milliseconds === undefined) {
    return answer;
  }
  return new Promise((resolve, reject) => {
    const cancel = clock.after(milliseconds, () =>
      reject(failure('ETIMEDOUT', `Timeout awaiting 'request' for ${milliseconds}ms`)),
    );
    answer.then(resolve, reject).finally(cancel);
  });
}

function fromJson({ body }: Answer): unknown {
  try {
    return body === '' ? '' : JSON.parse(body);
  } catch (error) {
    throw failure('ERR_BODY_PARSE_FAILURE', String(error));
  }
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
