import { expect, test } from 'vitest';
import { BlueprintError } from '../../src/core/errors.js';
import { openApiChecks, readOpenApi } from '../../src/doctor/openapi.js';
import type { Probed } from '../../src/hub/prober.js';

const answered = (json: unknown, status = 200): Probed => ({
  answer: {
    status,
    json,
    body: '',
    isPage: false,
    date: undefined,
    tookMs: 1,
    refusal: () => new BlueprintError('x', 'x', 6, { hint: 'x' }),
  },
});

const DELETE = 'DELETE /admin/forms/{}';
const POST = 'POST /admin/forms';

test.each([
  ['paths with the API in them', '/', '/api/v2/admin/forms'],
  ['paths below a base path', '/api/v2', '/admin/forms'],
  ['paths below a prefix', '/onify/api/v2/', '/admin/forms'],
])('a document with %s tells what there is', (_name, basePath, path) => {
  const paths = { [path]: { post: {} }, [`${path}/{slug}`]: { delete: {} } };
  expect(readOpenApi(answered({ basePath, paths })).has(DELETE, POST)).toBe('works');
});

test('what a document leaves out is missing only where it lists its neighbour', () => {
  const document = readOpenApi(answered({ paths: { '/api/v2/admin/forms': { post: {} } } }));
  expect(document.has(DELETE, POST)).toBe('missing');
  expect(document.has('DELETE /admin/workflows/{}', 'GET /admin/workflows')).toBe('unknown');
});

test('without a document nothing is known', () => {
  const document = readOpenApi(answered({ statusCode: 404 }, 404));
  expect([document.swagger, document.has(DELETE, POST)]).toEqual(['missing', 'unknown']);
});

test.each([
  ['2.41.0', 'ok'],
  ['v2.14.1', 'ok'],
  ['2.14.0', 'attention'],
  ['1.99.99', 'attention'],
  ['3.0.0', 'ok'],
  ['', 'unknown'],
])('version %s is %s', (version, state) => {
  const checks = openApiChecks(readOpenApi(answered({ info: { version }, paths: {} })));
  expect(checks.find(({ id }) => id === 'version')?.state).toBe(state);
});
