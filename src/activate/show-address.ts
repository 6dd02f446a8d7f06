import type { Context } from '../core/context.js';
import type { OpenBrowser } from './browser.js';
import type { Receiver } from './receiver.js';
import type { RedirectUri } from './redirect-uri.js';

/** How the address is to be shown. */
export interface Showing {
  readonly redirectUri: RedirectUri;
  /** Undefined where the address is only printed, and an answer may be pasted. */
  readonly openBrowser: OpenBrowser | undefined;
  /** False where stdin was already read for something else. */
  readonly mayReadStdin: boolean;
}

/**
 * Shows the activation URL, in the browser or as text, and says what is waited for.
 *
 * @param receiver what waits for the browser, if anything
 * @returns whether a pasted answer is expected
 */
export async function showAddress(
  url: string,
  request: Showing,
  receiver: Receiver | undefined,
  { output, signal }: Context,
): Promise<boolean> {
  const isListening = receiver !== undefined;
  const start = request.openBrowser && receiver ? receiver.startAt(url) : url;
  const isOpen = (await request.openBrowser?.(start, signal)) === true;
  const mayPaste = request.mayReadStdin && (!isOpen || !isListening);
  output.note(
    isOpen
      ? 'Fortnox opens in the browser. If it does not, open this address yourself:'
      : 'Open this address in a browser:',
  );
  for (const line of ['', isOpen ? start : url, '']) {
    output.note(line);
  }
  output.note('A system administrator of the company logs in to Fortnox there and approves.');
  if (mayPaste) {
    output.note('Then paste the address that Fortnox leads to, or its code, and press Enter.');
  }
  if (isListening) {
    output.note(`Waiting for Fortnox's answer at ${request.redirectUri.text} ...`);
  }
  return mayPaste;
}
