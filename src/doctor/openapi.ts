import { isRecord } from '../core/json.js';
import type { Probed } from '../hub/prober.js';
import { jsonOf, type Presence, presenceOf } from './answer.js';
import { attention, type Check, ok, unknown } from './check.js';

/** What a Hub's OpenAPI document tells. */
export interface OpenApi {
  readonly swagger: Presence;
  /** As the document writes it. */
  readonly version: string | undefined;
  /**
   * Tells of an endpoint whether the Hub has it.
   *
   * @param operation such as `DELETE /admin/forms/{}`
   * @param sibling one that every Hub has: where the document does not list it either, it is not the whole API
   */
  readonly has: (operation: string, sibling: string) => Presence;
}

/** The API that the blueprint asks for. */
const MIN_VERSION = [2, 14, 1];

/** @param probed what came back to `/swagger.json`, where hapi-swagger puts its document by default */
export function readOpenApi(probed: Probed): OpenApi {
  const isDocument = (json: unknown) => isRecord(json) && isRecord(json.paths);
  const document = jsonOf(probed);
  const operations = new Set(isRecord(document) ? operationsOf(document) : []);
  const info = isRecord(document) && isRecord(document.info) ? document.info : {};
  return {
    swagger: presenceOf(probed, isDocument),
    version: typeof info.version === 'string' ? info.version : undefined,
    has: (operation, sibling) => {
      if (operations.has(operation)) {
        return 'works';
      }
      return operations.has(sibling) ? 'missing' : 'unknown';
    },
  };
}

/** @returns what the document came to, and the version in it */
export function openApiChecks({ swagger, version }: OpenApi): Check[] {
  const document =
    swagger === 'works'
      ? ok('openapi', 'Its document lists what the Hub can.')
      : unknown('openapi', 'No document at /swagger.json.');
  const numbers = /^v?(\d+)\.(\d+)\.(\d+)/
    .exec(version ?? '')
    ?.slice(1)
    .map(Number);
  if (!numbers) {
    return [document, unknown('version', 'The Hub does not show it.')];
  }
  const isOld = numbers.reduce((order, number, at) => order || number - (MIN_VERSION[at] ?? 0), 0);
  const text = `The API is version ${version}`;
  return isOld < 0
    ? [
        document,
        attention(
          'version',
          `${text}; the blueprint needs ${MIN_VERSION.join('.')}.`,
          'Update the Hub first.',
        ),
      ]
    : [document, ok('version', `${text}.`)];
}

/** The operations, each as `METHOD /path` below the API, with `{}` in place of each parameter. */
function operationsOf({ paths, basePath }: Record<string, unknown>): string[] {
  const base = typeof basePath === 'string' ? basePath.replace(/\/+$/, '') : '';
  return Object.entries(isRecord(paths) ? paths : {}).flatMap(([path, methods]) => {
    const below = `${base}${path}`.replace(/^.*?\/api\/v\d+(?=\/)/, '').replace(/\{[^}]*\}/g, '{}');
    return Object.keys(isRecord(methods) ? methods : {}).map(
      (method) => `${method.toUpperCase()} ${below}`,
    );
  });
}
