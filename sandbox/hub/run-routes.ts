import type { RunResult } from '../engine/run.js';
import { type Answer, json, parsedBody, type Route } from '../net/call.js';
import type { Clock } from '../net/clock.js';
import { refusal } from './routes.js';

/** What runs workflows. */
export interface Runner {
  /** @returns whether there is a workflow of this key */
  has(key: string): boolean;
  /** Runs a workflow to its end, as the user of an authorization header; `input` is its input. */
  run(key: string, variables: { input: unknown }, authorization: string): Promise<RunResult>;
}

const DEFAULT_TIMEOUT = 60;

/**
 * @param shown puts the stand-in's address where Fortnox's stands, so that no click reaches the real one
 * @returns the endpoint that runs workflows
 */
export function runRoutes(
  runner: () => Runner,
  clock: Clock,
  shown = (text: string) => text,
): Record<string, Route> {
  return {
    'POST /my/workflows/run/:key': async ({ body, query, headers }, { key = '' }) => {
      if (!runner().has(key)) {
        return refusal(404, 'Not Found', `No workflow ${key}`);
      }
      const input = body === '' ? undefined : parsedBody(body);
      const run = runner().run(key, { input }, headers.authorization ?? '');
      const late = timeout(clock, Number(query.get('timeout') ?? DEFAULT_TIMEOUT));
      const answer = await Promise.race([run.then((result) => ended(result, shown)), late.answer]);
      late.cancel();
      return answer;
    },
  };
}

// A run that takes too long goes on; only its caller is no longer waited for.
function timeout(clock: Clock, seconds: number): { answer: Promise<Answer>; cancel: () => void } {
  let cancel = () => {};
  const answer = new Promise<Answer>((resolve) => {
    const text = 'The workflow did not end in time';
    cancel = clock.after(seconds * 1000, () => resolve(refusal(504, 'Gateway Timeout', text)));
  });
  return { answer, cancel };
}

function ended(result: RunResult, shown: (text: string) => string): Answer {
  if (!result.ok) {
    const message = result.error?.message ?? '';
    return json({ statusCode: 500, message: 'The workflow failed', error: { message } }, 500);
  }
  const answer = json({ output: result.output.output, status: { statuskey: 'complete' } });
  return { ...answer, body: shown(answer.body) };
}
