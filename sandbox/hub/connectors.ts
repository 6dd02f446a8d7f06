import got, { type OptionsInit } from 'got';
import type { FlowServices, Service, ServiceCallback } from '../engine/run.js';

const FORTNOX = /^https:\/\/(apps|api)\.fortnox\.se(?=\/)/;

/** Where the flows' calls go. */
export interface Addresses {
  /** The Hub's own API, with the version. */
  readonly apiUrl: string;
  /** What stands for Fortnox. */
  readonly fortnoxUrl: string;
  /** The authorization header that calls of the Hub's own API carry. */
  readonly token: string;
}

/** @returns the connectors that the public sources name, on the real got and the Hub's own HTTP */
export function connectors(addresses: Addresses): FlowServices {
  const onify: Service = (input, _message, callback) => callHub(addresses, input, callback);
  return {
    httpRequest: (input, _message, callback) => callHttp(addresses, input, callback),
    onifyApiRequest: onify,
    onifyElevatedApiRequest: onify,
  };
}

async function callHttp(
  { fortnoxUrl }: Addresses,
  { url, query, ...options }: Record<string, unknown>,
  callback: ServiceCallback,
): Promise<void> {
  const address = String(url);
  const target = address.replace(FORTNOX, () => fortnoxUrl);
  let response: { statusCode: number; headers: unknown; body: unknown };
  try {
    const searchParams = query === undefined ? {} : { searchParams: query };
    response = (await got(target, {
      ...options,
      ...searchParams,
    } as OptionsInit)) as typeof response;
  } catch (error) {
    return callback(error);
  }
  const { statusCode, headers, body } = response;
  callback(null, { statusCode, headers, body });
}

async function callHub(
  { apiUrl, token }: Addresses,
  input: Record<string, unknown>,
  callback: ServiceCallback,
): Promise<void> {
  const address = new URL(apiUrl + String(input.url));
  const query = (input.query ?? {}) as Record<string, unknown>;
  for (const [name, value] of Object.entries(query)) {
    address.searchParams.set(name, String(value));
  }
  let answer: { statusCode: number; headers: unknown; body: unknown };
  try {
    const response = await fetch(address, {
      method: String(input.method ?? 'GET'),
      headers: {
        ...(input.headers as Record<string, string> | undefined),
        authorization: token,
        ...(input.payload !== undefined && { 'content-type': 'application/json' }),
      },
      ...(input.payload !== undefined && { body: JSON.stringify(input.payload) }),
    });
    const text = await response.text();
    answer = {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      body: parsed(text),
    };
  } catch (error) {
    return callback(error);
  }
  if (answer.statusCode >= 400 && input.throwHttpErrors !== false) {
    return callback(
      Object.assign(new Error(`Status code ${answer.statusCode}`), { response: answer }),
    );
  }
  callback(null, answer);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
