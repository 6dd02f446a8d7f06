import * as z from 'zod/mini';
import type { Context } from '../core/context.js';
import { BlueprintError, RefusedError } from '../core/errors.js';
import { companyName } from '../token/lines.js';
import type { Obtained } from './code.js';

const tenant = z.nullish(z.union([z.string(), z.number()]));

/** The output of `fortnox-generate-access-token`; flows of 0.1.0 do not name the tenant. */
const activated = z.looseObject({
  connected: z.literal(true),
  scope: z.string(),
  expires_in: z.number(),
  timestamp: z.string(),
  refresh_token_timestamp: z.nullish(z.string()),
  tenant_id: tenant,
  tenantId: tenant,
  company: z.nullish(z.string()),
});

/** What the Hub tells of a company that is connected now. */
export type Activated = z.infer<typeof activated>;

/**
 * @param output of `fortnox-generate-access-token`
 * @throws RefusedError where it does not say that a company is connected
 */
export function readAnswer(output: unknown): Activated {
  const answer = activated.safeParse(output);
  if (answer.success) {
    return answer.data;
  }
  throw new RefusedError(
    'activation_unexpected',
    'The flow on the Hub did not say that Fortnox is connected.',
    'Run "fortnox-blueprint install", then "fortnox-blueprint status".',
  );
}

/** @returns the company's tenant id; null where Fortnox did not tell */
export function tenantIdOf(answer: Activated): string | null {
  const id = answer.tenantId ?? answer.tenant_id ?? '';
  return id === '' ? null : String(id);
}

/**
 * Tells the browser that brought a code how the exchange ended, as the terminal is told.
 *
 * @returns what it ended with
 * @throws what the exchange throws
 */
export async function toldBrowser(
  exchange: Promise<Activated>,
  end: Obtained['end'],
  { output }: Context,
): Promise<Activated> {
  try {
    const answer = await exchange;
    const name = companyName(answer.company ?? null, tenantIdOf(answer));
    const text = [`Onify is connected to ${name}.`, 'This page can be closed.'];
    await end({ title: 'Fortnox is connected', text: text.map((line) => output.safe(line)) });
    return answer;
  } catch (error) {
    const { message, hint } = error instanceof BlueprintError ? error : UNFORESEEN;
    const text = [message, hint].map((line) => output.safe(line));
    await end({ title: 'The activation failed', text });
    throw error;
  }
}

/** What a bug of this program is in a browser; the terminal tells more. */
const UNFORESEEN = {
  message: 'Something went wrong while the Hub fetched the tokens.',
  hint: 'Go back to the terminal: it shows what.',
};
