import { describe, expect, test } from 'vitest';
import { runFlow } from '../../src/token/run-flow.js';
import { hideStored } from '../../src/token/stored-token.js';
import { clientOf, type Scripted, scripted } from '../hub/world.js';
import { testContext } from '../support/context.js';

/** Runs a flow on a Hub that answers as a test says. */
async function run(answer: Scripted, input?: Record<string, string>) {
  // The list of settings is there, whatever becomes of the run.
  const { url, seen } = await scripted(({ method }) => (method === 'GET' ? { body: {} } : answer));
  const context = testContext();
  const flow = { command: 'refresh', appUrl: 'https://onify.example.com', ...(input && { input }) };
  const running = runFlow(clientOf(url, context), 'a-flow', flow, context);
  return { running, seen, context };
}

describe('given a flow that ends well', () => {
  test('then its output is the answer, whatever it is', async () => {
    const { running } = await run({ body: { output: { any: ['thing'] } } });
    expect(await running).toEqual({ any: ['thing'] });
  });

  test('then the input was its body, and the Hub was given a minute', async () => {
    const { running, seen } = await run({ body: { output: 1 } }, { code: 'a-code' });
    await running;
    expect(seen[0]).toMatchObject({ body: { code: 'a-code' }, query: { timeout: '60' } });
  });

  test('then tokens in the output are kept from being printed', async () => {
    const output = {
      access_token: 'an-access-token',
      nested: [{ refreshToken: 'a-refresh-token' }],
    };
    const { running, context } = await run({ body: { output } });
    await running;
    expect(context.output.safe('an-access-token a-refresh-token')).toBe('**** ****');
  });

  test('then an output that is a text, such as an address, can be shown', async () => {
    const { running, context } = await run({ body: { output: 'https://apps.fortnox.se/?a=b' } });
    await running;
    expect(context.output.safe('https://apps.fortnox.se/?a=b')).not.toContain('****');
  });
});

describe('given a flow that fails', () => {
  const failing = async (answer: Scripted) => {
    const { running } = await run(answer);
    return running.then(
      () => expect.unreachable(),
      (error: { code: string; message: string; hint: string; exitCode: number }) => error,
    );
  };

  const failed = (message: string) => ({
    status: 502,
    body: { statusCode: 502, message: 'The workflow failed', error: { message } },
  });

  test('then its own sentence is the message', async () => {
    expect(await failing(failed('No licence.'))).toMatchObject({
      code: 'flow_failed',
      message: 'No licence.',
      exitCode: 6,
    });
  });

  test('then the next step does not ask to activate where the sentence does not', async () => {
    const { hint } = await failing(
      failed('Try again in some minutes; the connection is not lost.'),
    );
    expect(hint).toBe('After that, run "fortnox-blueprint refresh" again.');
  });

  test('then the next step says where to activate where the sentence asks for it', async () => {
    const { hint } = await failing(failed('Activate it again at /form/fortnox-activate in Onify.'));
    expect(hint).toBe(
      'The form is at https://onify.example.com/form/fortnox-activate. From here, "fortnox-blueprint activate" does the same.',
    );
  });

  test.each<[string, unknown, string]>([
    ['no sentence', {}, 'The flow a-flow failed on the Hub (HTTP 502).'],
    ['an empty sentence', { message: ' \n ' }, 'The flow a-flow failed on the Hub (HTTP 502).'],
    ['several lines', { message: 'One.\n\tTwo.' }, 'One. Two.'],
    ['control characters', { message: 'Red \u001b[31mtext' }, 'Red [31mtext'],
    ['a long text', { message: 'x'.repeat(5000) }, 'x'.repeat(500)],
  ])('then with %s it is still one readable line', async (_name, error, message) => {
    expect((await failing({ status: 502, body: { error } })).message).toBe(message);
  });

  test('then a body that has an output did not fail, whatever else it has', async () => {
    const { running } = await run({ body: { output: 1, error: {} } });
    expect(await running).toBe(1);
  });

  test('then a flow that is not there leads to install', async () => {
    expect(await failing({ status: 404, body: {} })).toMatchObject({
      code: 'flow_missing',
      message: 'The Hub has no workflow a-flow.',
      hint: expect.stringContaining('fortnox-blueprint install'),
    });
  });

  test("then a token that the Hub does not accept is the Hub's failure, not the flow's", async () => {
    expect(await failing({ status: 401, body: {} })).toMatchObject({
      code: 'hub_unauthorized',
      exitCode: 4,
    });
  });
});

describe('what is stored as the token is kept from being printed', () => {
  test.each<[string, unknown, string]>([
    ['each token of a record', { access_token: 'an-access-token' }, 'an-access-token'],
    ['each token in JSON', '{"refresh_token":"a-refresh-token"}', 'a-refresh-token'],
    ['a text that can not be read, as it may be a damaged record', '{"access_tok', '{"access_tok'],
  ])('%s', (_name, value, secret) => {
    const { output } = testContext();
    hideStored(value, output);
    expect(output.safe(`it is ${secret} indeed`)).toBe('it is **** indeed');
  });

  test.each<unknown>([undefined, null, '', {}, [], 42])('%j holds nothing secret', (value) => {
    const { output } = testContext();
    hideStored(value, output);
    expect(output.safe('null 42 {} []')).toBe('null 42 {} []');
  });
});
