import { Options } from 'got';
import type { FlowServices, Service, ServiceCallback } from '../engine/run.js';
import { API } from '../hub/routes.js';
import { type Answer, type Call, parsedBody } from '../net/call.js';

/** What a connector hands to the flow. */
export interface Response {
  readonly statusCode: number;
  readonly headers: unknown;
  readonly body: unknown;
}

/** What the connectors of a run call. */
export interface Outside {
  /** Brings a call to the Hub's own API. */
  readonly hub: (call: Call) => Promise<Answer>;
  /** Makes an HTTP request as got does; told the service task that makes it. */
  readonly http: (options: Options, task: string) => Promise<Response>;
  /** Authorization of the user that the run runs as. */
  readonly user: string;
  /** Authorization of the elevated calls. */
  readonly admin: string;
}

/** The inputs of the Hub's own connectors that are documented; any other is a mistake in the flow. */
const ONIFY_OPTIONS = ['url', 'query', 'method', 'headers', 'payload', 'throwHttpErrors'];

/**
 * Makes the connectors that the public sources name; there are no others. Each takes the inputs that are documented
 * and throws at any other, which fails the run: a boundary event would hide the mistake.
 */
export function connectors(outside: Outside): FlowServices {
  return {
    httpRequest: (input, message, callback) => {
      settle(outside.http(gotOptions(input), taskOf(message)), callback);
    },
    onifyApiRequest: onify('onifyApiRequest', outside, outside.user),
    onifyElevatedApiRequest: onify('onifyElevatedApiRequest', outside, outside.admin),
  };
}

// As strict as got is, since got's own parser reads them. Public flows also write `query` for its searchParams.
function gotOptions({ url, query, ...options }: Record<string, unknown>): Options {
  const searchParams = query === undefined ? {} : { searchParams: query as URLSearchParams };
  try {
    return new Options(String(url), { ...options, ...searchParams });
  } catch (error) {
    throw new Error(`httpRequest: ${error instanceof Error ? error.message : error}`);
  }
}

function onify(name: string, { hub }: Outside, authorization: string): Service {
  return (input, message, callback) => {
    const { url, method = 'GET', query = {}, headers = {}, payload, throwHttpErrors } = input;
    const unknown = Object.keys(input).find((option) => !ONIFY_OPTIONS.includes(option));
    if (unknown !== undefined) {
      throw new Error(`${name} has no option "${unknown}".`);
    }
    if (typeof url !== 'string' || !url.startsWith('/')) {
      throw new Error(`${name} takes a url that begins with "/" and has no version.`);
    }
    if (throwHttpErrors !== undefined && typeof throwHttpErrors !== 'boolean') {
      throw new Error(`${name} takes throwHttpErrors as a boolean.`);
    }
    const address = new URL(API + url, 'http://hub');
    for (const [key, value] of Object.entries(query as Record<string, unknown>)) {
      address.searchParams.set(key, String(value));
    }
    const call: Call = {
      side: 'hub',
      method: String(method),
      path: address.pathname,
      query: address.searchParams,
      headers: { ...(headers as Record<string, string>), authorization },
      body: payload === undefined ? '' : JSON.stringify(payload),
      task: taskOf(message),
    };
    settle(
      hub(call).then((answer) => responseOf(answer, throwHttpErrors !== false)),
      callback,
    );
  };
}

function responseOf({ status, headers, body }: Answer, throwsErrors: boolean): Response {
  const response = { statusCode: status, headers, body: parsedBody(body) };
  if (status >= 400 && throwsErrors) {
    throw Object.assign(new Error(`Status code ${status}`), { response });
  }
  return response;
}

function taskOf(message: unknown): string {
  return (message as { content: { id: string } }).content.id;
}

function settle(response: Promise<Response>, callback: ServiceCallback): void {
  response.then(
    (result) => callback(null, result),
    (error: unknown) => callback(error),
  );
}
