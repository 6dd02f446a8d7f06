import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Stage } from './support.js';

/** What a person does in the form. */
export interface Filled {
  readonly redirectUri?: string;
  readonly scopes?: string;
}

/** Opens the form, fills it in, and makes the activation URL. */
export async function generate(
  { page, formUrl, redirectUri }: Stage,
  filled: Filled = {},
): Promise<void> {
  await page.goto(formUrl);
  await page.getByLabel('1. Redirect URI').fill(filled.redirectUri ?? redirectUri);
  if (filled.scopes !== undefined) {
    await page.getByLabel('2. Scopes').fill(filled.scopes);
  }
  await page.getByRole('button', { name: 'Generate activation URL' }).click();
}

/** Clicks the link to Fortnox. @returns the page that opens beside the form */
export async function openFortnox({ page, context }: Stage): Promise<Page> {
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Open Fortnox and approve' }).click();
  const fortnox = await opened;
  await fortnox.waitForLoadState();
  return fortnox;
}

/** Decides on the stand-in's page. @returns the address that Fortnox then leads to, as the address bar shows it */
export async function decide(
  { redirects }: Stage,
  fortnox: Page,
  decision: 'Approve' | 'Refuse',
): Promise<string> {
  const before = redirects.length;
  await fortnox.getByRole('button', { name: decision }).click();
  await expect.poll(() => redirects.length).toBeGreaterThan(before);
  return redirects.at(-1) ?? '';
}

/** The whole way to the address that holds the code. */
export async function approve(stage: Stage, filled: Filled = {}): Promise<string> {
  await generate(stage, filled);
  return decide(stage, await openFortnox(stage), 'Approve');
}

/** Pastes a code alone, ticks that the company was checked, and submits. @returns as `activate` */
export async function activateChecked(stage: Stage, code: string): Promise<string> {
  await stage.page.getByLabel('I approved this, and it is the right company').check();
  return activate(stage, code);
}

/** Pastes the address or the code, and submits. @returns what the result page says once the process has ended */
export async function activate({ page }: Stage, pasted: string): Promise<string> {
  await page.getByLabel('4. Address or code').fill(pasted);
  await page.getByRole('button', { name: 'Activate Onify in Fortnox' }).click();
  return outcome(page);
}

/** @returns what the result page says once the process has ended */
export async function outcome(page: Page): Promise<string> {
  await page.waitForSelector('body[data-ended]');
  return page.locator('[data-process-output]').innerText();
}
