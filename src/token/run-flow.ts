import { FORM_PATH } from '../blueprint/manifest.js';
import type { Context } from '../core/context.js';
import { RefusedError } from '../core/errors.js';
import { printable } from '../core/redact.js';
import type { HubClient } from '../hub/client.js';
import { tokenSecrets } from './stored-token.js';

/** Seconds that the Hub may take for a flow; the flows themselves end within 45. */
const FLOW_TIME = 60;

/** The longest sentence of a flow that is shown, in characters. */
const LONGEST = 500;

/**
 * Where a person activates Fortnox in the web app.
 *
 * @param appUrl the web app without a slash at its end, where it is known
 * @returns the full link, or the path in the web app
 */
export function formLink(appUrl: string | undefined): string {
  return `${appUrl ?? ''}${FORM_PATH}`;
}

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
  const answer = await hub.runWorkflow(key, flow.input, { timeoutSeconds: FLOW_TIME });
  if (answer.ok) {
    for (const secret of tokenSecrets(answer.output)) {
      context.output.secret(secret);
    }
    return answer.output;
  }
  if (answer.status === 404) {
    throw new RefusedError(
      'flow_missing',
      `The Hub has no workflow ${key}.`,
      'Run "fortnox-blueprint install" first.',
    );
  }
  const said = printable(answer.message).replace(/\s+/g, ' ').trim().slice(0, LONGEST);
  const sentence =
    said === '' ? `The flow ${key} failed on the Hub (HTTP ${answer.status}).` : said;
  throw new RefusedError('flow_failed', sentence, flow.hint);
}
