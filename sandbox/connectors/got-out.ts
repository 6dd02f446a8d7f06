import got, { type Options } from 'got';
import { FORTNOX_ORIGINS } from '../fortnox/routes.js';
import type { Response } from './connectors.js';

/**
 * Makes a request with the real got; one to Fortnox goes to the stand-in.
 *
 * @param options as got read them
 * @param fortnoxUrl what stands for Fortnox
 */
export async function gotOut(options: Options, fortnoxUrl: string): Promise<Response> {
  const { origin, pathname, search } = new URL(String(options.url));
  if (FORTNOX_ORIGINS.includes(origin)) {
    options.url = fortnoxUrl + pathname + search;
  }
  const { statusCode, headers, body } = (await got(undefined, undefined, options)) as Response;
  return { statusCode, headers, body };
}
