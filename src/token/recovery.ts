import { FORM_PATH } from '../blueprint/manifest.js';

/**
 * What only a person can put right: what is wrong, on which page it is mended, and who in the customer's company must
 * do it. The flows say the same in resources/scripts/fortnox/explain.js; a test compares the two.
 */
const ACTIVATE = 'in Onify; a system administrator of the company must approve it in Fortnox.';

/**
 * Where a person activates Fortnox in the web app.
 *
 * @param appUrl the web app without a slash at its end, where it is known
 * @returns the full link, or the path in the web app
 */
export function formLink(appUrl: string | undefined): string {
  return `${appUrl ?? ''}${FORM_PATH}`;
}

/** @returns the sentence for a Hub that Fortnox has not been connected to; `form` is the form's path or link */
export function notConnected(form: string): string {
  return `Fortnox is not connected yet. Activate it at ${form} ${ACTIVATE}`;
}

/** @returns the sentence for a connection that no stored token can bring back */
export function connectionLost(form: string): string {
  return `Fortnox no longer accepts the stored tokens: the connection is lost. Activate it again at ${form} ${ACTIVATE} If the Hub was restarted within the last minutes, refresh once more first.`;
}

/** @returns whether a flow's sentence says that no stored token can bring the connection back */
export function isConnectionLost(sentence: string): boolean {
  return sentence.includes('the connection is lost');
}
