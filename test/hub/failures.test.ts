import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BlueprintError } from '../../src/core/errors.js';
import { runFlow } from '../../src/token/run-flow.js';
import { testContext } from '../support/context.js';
import { clientOf, type Scripted, scripted } from './world.js';

// What each answer means to a person, as a file beside this one: failures.txt.
const STATUSES = [200, 302, 400, 401, 403, 404, 408, 422, 429, 500, 502, 503, 504];
const PASSING = [429, 502, 503, 504];

/** What a body can look like, by who sends it. */
const SHAPES: Readonly<Record<string, (status: number) => Scripted>> = {
  'flow   ': (statusCode) => ({
    body: { statusCode, message: 'Failed', error: { message: 'The company has no licence.' } },
  }),
  refusal: (statusCode) => ({ body: { statusCode, error: 'As Text', message: 'as the Hub says' } }),
  'page   ': () => ({ headers: { 'content-type': 'text/html' }, body: '<h1>nginx</h1>' }),
  'text   ': () => ({ body: 'upstream connect error' }),
  'empty  ': () => ({}),
};

const REQUESTS = {
  'run ': 'POST /my/workflows/run/a-flow',
  read: 'GET /my/config/settings',
} as const;

interface Row {
  readonly request: keyof typeof REQUESTS;
  readonly status: number;
  readonly shape: string;
  readonly failure: BlueprintError | undefined;
}

async function ask(request: Row['request'], status: number, shape: string): Promise<Row> {
  const { headers, ...answer } = SHAPES[shape]?.(status) ?? {};
  const location = status === 302 ? { location: '/login' } : {};
  const { url } = await scripted(({ method }) =>
    // The list of settings is there where a workflow is not.
    request === 'run ' && method === 'GET'
      ? { body: {} }
      : { ...answer, status, headers: { 'retry-after': '0', ...location, ...headers } },
  );
  const context = testContext();
  const hub = clientOf(url, context);
  const asked =
    request === 'run '
      ? runFlow(hub, 'a-flow', { command: 'refresh', appUrl: undefined }, context)
      : hub.settingsMap('fortnox');
  const failure = await asked.then(
    () => undefined,
    (error: unknown) => (error instanceof BlueprintError ? error : expect.fail(String(error))),
  );
  return { request, status, shape, failure };
}

/** Asks for all of them at once. */
const askAll = (requests: readonly Row['request'][], statuses: readonly number[], shapes: RegExp) =>
  Promise.all(
    requests.flatMap((request) =>
      statuses.flatMap((status) =>
        Object.keys(SHAPES)
          .filter((shape) => shapes.test(shape))
          .map((shape) => ask(request, status, shape)),
      ),
    ),
  );

const line = ({ request, status, shape, failure }: Row) => {
  const end = failure
    ? `${failure.exitCode}  ${failure.code.padEnd(17)} ${failure.message} | ${failure.hint}`
    : '0';
  return `${request} ${status} ${shape} ${end}`.replace(/localhost:\d+/g, 'localhost:12345');
};

describe('given an answer of a Hub, or of what stands before it', () => {
  test('then its code, exit code, sentence and next step are', async () => {
    const rows = (await askAll(['run ', 'read'], STATUSES, /./)).map(line);
    const table = `request, status, body: exit code, code, sentence | next step\n\n${rows.join('\n')}\n`;
    await expect(table).toMatchFileSnapshot(join(import.meta.dirname, 'failures.txt'));
  });

  test('then a flow that failed is known by its body, whatever the status', async () => {
    const failing = STATUSES.filter((status) => status >= 400);
    const rows = await askAll(['run '], failing, /flow/);
    for (const { failure } of rows) {
      expect(failure).toMatchObject({
        code: 'flow_failed',
        exitCode: 6,
        message: 'The company has no licence.',
      });
    }
    expect(rows).toHaveLength(11);
  });

  test('then a page or a bare text at 429, 502, 503 and 504 means that the Hub is not ready', async () => {
    const rows = await askAll(['run ', 'read'], PASSING, /page|text|empty/);
    for (const { failure } of rows) {
      expect(failure).toMatchObject({ code: 'hub_not_ready', exitCode: 5, mayPass: true });
      expect(failure?.hint).not.toMatch(/--api-url/);
    }
    expect(rows).toHaveLength(24);
  });
});
