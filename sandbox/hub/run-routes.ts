import type { RunResult } from '../engine/run.js';
import { type Answer, json, parsedBody, type Route } from '../net/call.js';
import type { Clock } from '../net/clock.js';
import { type HubModes, usualModes } from './modes.js';
import { refusal } from './routes.js';

/** What runs workflows. */
export interface Runner {
  /** @returns whether there is a workflow of this key */
  has(key: string): boolean;
  /** @returns whether the user of an authorization header may run it; default: everyone may */
  mayRun?(key: string, authorization: string): boolean;
  /** Runs a workflow to its end, as the user of an authorization header; `input` is its input. */
  run(key: string, variables: { input: unknown }, authorization: string): Promise<RunResult>;
}

const DEFAULT_TIMEOUT = 60;

/**
 * @param shown puts the stand-in's address where Fortnox's stands, so that no click reaches the real one
 * @param failures the status of a run that failed by itself
 * @returns the endpoint that runs workflows
 */
export function runRoutes(
  runner: () => Runner,
  clock: Clock,
  shown = (text: string) => text,
  failures: () => HubModes['failures'] = () => usualModes.failures,
): Record<string, Route> {
  return {
    'POST /my/workflows/run/:key': async ({ body, query, headers }, { key = '' }) => {
      if (!runner().has(key)) {
        return refusal(404, 'Not Found', `No workflow ${key}`);
      }
      const user = headers.authorization ?? '';
      if (runner().mayRun?.(key, user) === false) {
        return refusal(403, 'Forbidden', 'Insufficient scope');
      }
      const input = body === '' ? undefined : parsedBody(body);
      const run = runner().run(key, { input }, user);
      const late = timeout(clock, Number(query.get('timeout') ?? DEFAULT_TIMEOUT));
      const answer = await Promise.race([
        run.then((result) => ended(result, shown, failures())),
        late.answer,
      ]);
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

// A refusal that ended the flow where it was a call's error keeps its status.
function ended(
  { ok, output, error }: RunResult,
  shown: (text: string) => string,
  failures: HubModes['failures'],
): Answer {
  if (!ok) {
    const { message = '', status = 0 } = error ?? {};
    const isPassedOn = failures === '502' && status >= 400 && status < 500;
    const statusCode = isPassedOn ? status : Number(failures);
    return json({ statusCode, message: 'The workflow failed', error: { message } }, statusCode);
  }
  const answer = json({ output: output.output, status: { statuskey: 'complete' } });
  return { ...answer, body: shown(answer.body) };
}
