import { describe, expect, test } from 'vitest';
import { BlueprintError, InterruptedError, RefusedError } from '../../src/core/errors.js';
import { ExitCode } from '../../src/core/exit-codes.js';
import { concernsAll, locatedFailure } from '../../src/hub/locate.js';

const failure = new RefusedError('hub_not_json', 'Not the API.', 'Look at the address.');
const TOO_LONG = 'https://hub.example.com/onify/api/v2/admin/api/v2';

/** Looks for the API where each address answers as a test says. */
async function locate(answers: Readonly<Record<string, { status: number; json: unknown }>>) {
  const asked: string[] = [];
  const found = await locatedFailure(failure, TOO_LONG, async ({ origin, pathname }) => {
    const at = (origin + pathname).replace('/my/config/settings', '');
    asked.push(at);
    const answer = answers[at];
    if (!answer) {
      throw new Error('unreachable');
    }
    return answer;
  });
  return { asked, hint: found.hint };
}

const NEAR = 'https://hub.example.com/onify/api/v2';
const TOP = 'https://hub.example.com/api/v2';
const settings = { status: 200, json: { _a: 'x' } };

describe('given an address that is not the API, the next step is', () => {
  test.each([
    ['the nearest one that answers with settings', { [NEAR]: settings, [TOP]: settings }, NEAR],
    ['the one at the top where the other is not there', { [TOP]: settings }, TOP],
    [
      'one that refuses as a Hub does',
      { [NEAR]: { status: 401, json: { error: 'Unauthorized' } } },
      NEAR,
    ],
  ])('%s', async (_name, answers, address) => {
    expect((await locate(answers)).hint).toBe(
      `The API answers at ${address}: give that address in --api-url.`,
    );
  });

  test.each([
    ['pages', { status: 200, json: undefined }],
    ['lists', { status: 200, json: [] }],
    ['a refusal of something else', { status: 403, json: 'no' }],
    ['a refusal without a name', { status: 401, json: { error: {} } }],
    ['that it is not there', { status: 404, json: { error: 'Not Found' } }],
  ])('as it was where all others answer with %s', async (_name, answer) => {
    const { asked, hint } = await locate({ [NEAR]: answer, [TOP]: answer });
    expect(hint).toBe('Look at the address.');
    expect(asked).toEqual([NEAR, TOP]);
  });
});

describe('a failure of one request', () => {
  const failed = (code: string, exitCode: ExitCode) =>
    new BlueprintError(code, 'No.', exitCode, { hint: '' });

  test.each([
    ['a Hub out of reach', failed('hub_timeout', ExitCode.unreachable)],
    ['an interruption', new InterruptedError()],
    ['a token that is not accepted', failed('hub_unauthorized', ExitCode.notAuthorised)],
    ['an address that is not the API', failed('hub_no_api', ExitCode.refused)],
    ['a redirect', failed('hub_redirect', ExitCode.refused)],
    ['a bug', new TypeError('x')],
  ])('concerns all that wait: %s', (_name, error) => {
    expect(concernsAll(error)).toBe(true);
  });

  test.each([
    ['a right that is missing', failed('hub_forbidden', ExitCode.notAuthorised)],
    ['a refusal', failed('hub_refused', ExitCode.refused)],
  ])('concerns itself alone: %s', (_name, error) => {
    expect(concernsAll(error)).toBe(false);
  });
});
