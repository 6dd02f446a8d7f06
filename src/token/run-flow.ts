import type { Context } from '../core/context.js';
import { RefusedError } from '../core/errors.js';
import { printable } from '../core/redact.js';
import type { HubClient } from '../hub/client.js';
import { tokenSecrets } from './stored-token.js';

/** Seconds that the Hub may take for a flow; the flows themselves end within 45. */
const FLOW_TIMEOUT_SECONDS = 60;

/** The longest sentence of a flow that is shown, in characters. */
const MAX_SENTENCE_LENGTH = 500;

/**
 * Runs one of the blueprint's flows. Tokens in its output are registered with the program's output before anyone
 * can print them.
 *
 * @param hub the Hub
 * @param key the workflow's key
 * @param flow `input` for the flow, and the `hint` that goes with a failure's own sentence
 * @returns the flow's output, unchecked
 * @throws RefusedError with the flow's own sentence; or whatever the Hub's client throws
 */
export async function runFlow(
  hub: HubClient,
  key: string,
  flow: { readonly input?: Readonly<Record<string, string>>; readonly hint: string },
  context: Context,
): Promise<unknown> {
  const answer = await hub.runWorkflow(key, flow.input, { timeoutSeconds: FLOW_TIMEOUT_SECONDS });
  if (answer.ok) {
    for (const secret of tokenSecrets(answer.output)) {
      context.output.secret(secret);
    }
    return answer.output;
  }
  if (answer.status === 404) {
    const hint = 'Run "fortnox-blueprint install" first.';
    throw new RefusedError('flow_missing', `The Hub has no workflow ${key}.`, hint);
  }
  const said = printable(answer.message).replace(/\s+/g, ' ').trim().slice(0, MAX_SENTENCE_LENGTH);
  const sentence = said || `The flow ${key} failed on the Hub (HTTP ${answer.status}).`;
  throw new RefusedError('flow_failed', sentence, flow.hint);
}
