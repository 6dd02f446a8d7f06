import type { Page } from 'playwright-core';
import { launch } from './chromium.js';

/** What a person needs to activate. */
export interface Activation {
  /** Path of the browser. */
  readonly chromium: string;
  readonly formUrl: string;
  readonly redirectUri: string;
  /** Told of each thing that the person does. */
  readonly say: (text: string) => void;
}

/**
 * Activates through the form as a person does: fills it in, approves in Fortnox, pastes the address, submits.
 *
 * @returns what the result page says
 * @throws Error when something that is to be clicked does not come
 */
export async function activateInForm(activation: Activation): Promise<string> {
  const browser = await launch(activation.chromium);
  try {
    const context = await browser.newContext();
    context.setDefaultTimeout(15_000);
    const page = await context.newPage();
    return await clickThrough(page, activation);
  } finally {
    await browser.close();
  }
}

async function clickThrough(
  page: Page,
  { formUrl, redirectUri, say }: Activation,
): Promise<string> {
  const click = async (on: Page, role: 'button' | 'link', name: string) => {
    say(`click "${name}"`);
    await on.getByRole(role, { name }).click();
  };
  const context = page.context();
  const redirected = new Promise<string>((resolve) => {
    context.on('request', (request) => {
      if (request.url().startsWith(redirectUri)) {
        resolve(request.url());
      }
    });
  });
  say(`open ${formUrl}`);
  await page.goto(formUrl);
  await page.getByLabel('1. Redirect URI').fill(redirectUri);
  await click(page, 'button', 'Generate activation URL');
  const opened = context.waitForEvent('page');
  await click(page, 'link', 'Open Fortnox and approve');
  await click(await opened, 'button', 'Approve');
  say('copy the address that Fortnox leads to, and paste it into the form');
  await page.getByLabel('4. Address or code').fill(await redirected);
  await click(page, 'button', 'Activate Onify in Fortnox');
  await page.waitForSelector('body[data-ended]');
  return page.locator('[data-process-output]').innerText();
}
