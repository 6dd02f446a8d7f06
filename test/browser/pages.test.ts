import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished } from 'vitest';
import { openReceiver } from '../../src/activate/receiver.js';
import { readRedirectUri } from '../../src/activate/redirect-uri.js';
import { activate, decide, generate, openFortnox } from './person.js';
import { inBrowser, type Stage, stage, useBrowser } from './support.js';

useBrowser();

/** @returns what axe finds on a page, in light and in dark colours: rule and place */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const places = await page.evaluate<string[]>(
      `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => id + ' at ' + target.join(' '))))`,
    );
    found.push(...places.map((place) => `${place} (${colorScheme})`));
  }
  return found;
}

/** @returns by how much the page is wider than the window, in CSS pixels */
const overflow = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');

/** Opens what the CLI shows when Fortnox leads back to it, and in the end. */
async function receiverPage(set: Stage, query: string): Promise<void> {
  const uri = readRedirectUri(set.redirectUri);
  if ('problem' in uri || !uri.loopback) {
    throw new Error('not on the loopback');
  }
  const receiver = await openReceiver(uri.loopback, 'expected-state', () => undefined);
  onTestFinished(() => receiver.close());
  void receiver.answer.then(() =>
    receiver.conclude({
      title: 'Fortnox is connected',
      text: ['Onify is connected to a company.'],
    }),
  );
  await set.page.goto(`${set.redirectUri}/?${query}`);
}

describe('the pages, in light and in dark colours', () => {
  inBrowser('axe finds nothing on the form', async () => {
    const set = await stage();
    await generate(set);
    await set.page.getByRole('link', { name: 'Open Fortnox and approve' }).waitFor();
    await set.page.getByRole('button', { name: 'Show what is connected' }).click();
    await set.page.getByText(/^Fortnox is not connected\./).waitFor();
    expect(await violations(set.page)).toEqual([]);
  });

  inBrowser('axe finds nothing on the result and on the stand-in', async () => {
    const set = await stage();
    await generate(set);
    const fortnox = await openFortnox(set);
    expect(await violations(fortnox)).toEqual([]);
    await activate(set, await decide(set, fortnox, 'Approve'));
    expect(await violations(set.page)).toEqual([]);
    await fortnox.goto(`${set.sandbox.fortnoxUrl}/oauth-v1/auth`);
    expect(await violations(fortnox)).toEqual([]);
  });

  inBrowser('axe finds nothing on what the program shows', async () => {
    const set = await stage({ width: 360 });
    await receiverPage(set, 'code=a-code&state=expected-state');
    expect(await set.page.getByRole('heading').allInnerTexts()).toEqual([
      'Approved in Fortnox',
      'Fortnox is connected',
    ]);
    expect(await violations(set.page)).toEqual([]);
    expect(await overflow(set.page)).toBe(0);
  });
});

inBrowser('axe finds nothing on the login, and on a page that says no', async () => {
  const set = await stage({ appModes: { login: 'required' } });
  await set.page.goto(set.formUrl);
  expect(await violations(set.page)).toEqual([]);
  await set.page.getByLabel('Password').fill(set.sandbox.appPassword);
  await set.page.getByRole('button', { name: 'Log in' }).click();
  await set.page.goto(`${set.sandbox.appUrl}/form/no-such-form`);
  expect(await violations(set.page)).toEqual([]);
});

inBrowser('nothing is wider than a window of 360 pixels', async () => {
  const set = await stage({ width: 360 });
  await generate(set);
  await set.page.getByRole('link', { name: 'Open Fortnox and approve' }).waitFor();
  expect(await overflow(set.page)).toBe(0);
  const fortnox = await openFortnox(set);
  expect(await overflow(fortnox)).toBe(0);
  await activate(set, await decide(set, fortnox, 'Approve'));
  expect(await overflow(set.page)).toBe(0);
});

inBrowser('the keyboard alone is enough', async () => {
  const set = await stage();
  const { page } = set;
  const reach = async (at: Page, name: string) => {
    for (let tabs = 0; tabs < 40; tabs += 1) {
      await at.keyboard.press('Tab');
      const reached = await at.evaluate<string>(
        "(document.activeElement.labels?.[0] ?? document.activeElement).innerText ?? ''",
      );
      if (reached.startsWith(name)) {
        return;
      }
    }
    throw new Error(`The keyboard does not reach "${name}".`);
  };
  await page.goto(set.formUrl);
  await reach(page, '1. Redirect URI');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(set.redirectUri);
  await reach(page, 'Generate activation URL');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Open Fortnox and approve' }).waitFor();
  await reach(page, 'Open Fortnox and approve');
  const opened = set.context.waitForEvent('page');
  await page.keyboard.press('Enter');
  const fortnox = await opened;
  await fortnox.waitForLoadState();
  await reach(fortnox, 'Approve');
  await fortnox.keyboard.press('Enter');
  await expect.poll(() => set.redirects.length).toBe(1);
  await page.bringToFront();
  await reach(page, '4. Address or code');
  await page.keyboard.type(set.redirects[0] ?? '');
  await page.keyboard.press('Enter');
  await page.waitForSelector('body[data-ended=complete]');
});

inBrowser('every field says what it is for to who cannot see it', async () => {
  const set = await stage();
  await set.page.goto(set.formUrl);
  for (const name of ['1. Redirect URI', '2. Scopes', '4. Address or code']) {
    const field = set.page.getByLabel(name);
    const about = (await field.getAttribute('aria-describedby')) ?? '';
    expect((await set.page.locator(`#${about}`).innerText()).length).toBeGreaterThan(40);
  }
});
