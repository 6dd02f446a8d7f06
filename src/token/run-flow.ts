import { FORM_PATH, TAG } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { RefusedError } from '../core/errors.js';
import { printable } from '../core/redact.js';
import type { HubClient } from '../hub/client.js';
import { formLink } from './recovery.js';
import { tokenSecrets } from './stored-token.js';

/** Seconds that the Hub may take for a flow; the flows themselves end within 45. */
const FLOW_TIMEOUT_SECONDS = 60;

/** The longest sentence of a flow that is shown, in characters. */
const MAX_SENTENCE_LENGTH = 500;

/** What a flow is run with. */
interface FlowRun {
  readonly input?: Readonly<Record<string, string>>;
  /** The command that runs it, to be named where it has to be run again. */
  readonly command: string;
  /** The web app without a slash at its end, where it is known. */
  readonly appUrl: string | undefined;
}

/**
 * Runs one of the blueprint's flows. Tokens in its output are registered with the program's output before anyone
 * can print them.
 *
 * @param hub the Hub
 * @param key the workflow's key
 * @returns the flow's output, unchecked
 * @throws RefusedError `flow_failed` with the flow's own sentence; or whatever the Hub's client throws
 */
export async function runFlow(
  hub: HubClient,
  key: string,
  run: FlowRun,
  context: Context,
): Promise<unknown> {
  const answer = await hub.runWorkflow(key, run.input, { timeoutSeconds: FLOW_TIMEOUT_SECONDS });
  switch (answer.kind) {
    case 'done':
      for (const secret of tokenSecrets(answer.output)) {
        context.output.secret(secret);
      }
      return answer.output;
    case 'missing': {
      // What is no Hub's API answers 404 too; then this fails, and says so.
      await hub.settingsMap(TAG);
      const hint = 'Run "fortnox-blueprint install" first.';
      throw new RefusedError('flow_missing', `The Hub has no workflow ${key}.`, hint);
    }
    case 'failed': {
      const said = oneLine(answer.message);
      const sentence = said || `The flow ${key} failed on the Hub (HTTP ${answer.status}).`;
      throw new RefusedError('flow_failed', sentence, nextStep(sentence, run));
    }
  }
}

function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, ' ').trim().slice(0, MAX_SENTENCE_LENGTH);
}

// The flow's own sentence says what to do; this says only how the same is done from a command line.
function nextStep(sentence: string, { command, appUrl }: FlowRun): string {
  if (!sentence.includes(FORM_PATH)) {
    return `After that, run "fortnox-blueprint ${command}" again.`;
  }
  const form = appUrl === undefined ? '' : `The form is at ${formLink(appUrl)}. `;
  return `${form}From here, "fortnox-blueprint activate" does the same.`;
}
