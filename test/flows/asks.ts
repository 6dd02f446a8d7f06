import {
  type Answer,
  type Answers,
  type Call,
  isScene,
  type Options,
  type Run,
  run as runFlow,
  type Scene,
} from './harness.js';

/** What a flow can ask Fortnox for: by which grant, or what else. */
export type Ask = 'refresh' | 'client' | 'code' | 'company' | 'revoke';

const TASK = 'ask-fortnox';

/** @returns what a call of the task "Ask Fortnox" asks for */
function askOf({ input }: Call): Ask {
  const form = input.form as Record<string, string> | undefined;
  switch (form?.grant_type) {
    case 'refresh_token':
      return 'refresh';
    case 'client_credentials':
      return 'client';
    case 'authorization_code':
      return 'code';
    default:
      return String(input.url).endsWith('/oauth-v1/revoke') ? 'revoke' : 'company';
  }
}

/**
 * Runs a shipped flow; answers and calls of the one task that asks Fortnox are told apart by what is asked for, as
 * `ask-fortnox:refresh`, `:client`, `:code`, `:company` and `:revoke`.
 */
export async function run(
  key: string,
  scene: Scene | Answers,
  variables: Record<string, unknown> = {},
  options: Options = {},
): Promise<Run> {
  const answers = isScene(scene) ? scene.answers : scene;
  const asked = new Map<string, number>();
  const ask = (call: Call): Answer => {
    const name = `${TASK}:${askOf(call)}`;
    const nth = asked.get(name) ?? 0;
    asked.set(name, nth + 1);
    return answerFrom(answers[name] ?? answers[TASK], { ...call, task: name }, nth);
  };
  const asking = { ...answers, [TASK]: ask };
  const done = await runFlow(
    key,
    isScene(scene) ? { ...scene, answers: asking } : asking,
    variables,
    options,
  );
  const calls = done.calls.map((call) =>
    call.task === TASK ? { ...call, task: `${TASK}:${askOf(call)}` } : call,
  );
  return { ...done, calls, callsOf: (task) => calls.filter((call) => call.task === task) };
}

function answerFrom(answer: Answers[string] | undefined, call: Call, nth: number): Answer {
  const given =
    typeof answer === 'function'
      ? answer(call, nth)
      : Array.isArray(answer)
        ? answer[Math.min(nth, answer.length - 1)]
        : answer;
  return given ?? 'passes';
}
