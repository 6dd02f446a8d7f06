import { describe, expect } from 'vitest';
import {
  activate,
  activateChecked,
  approve,
  decide,
  generate,
  openFortnox,
  outcome,
} from './person.js';
import { inBrowser, stage, storeToken, useBrowser } from './support.js';

useBrowser();

describe('given a person who approves', () => {
  inBrowser('the whole address connects the company', async () => {
    const set = await stage();
    const said = await activate(set, await approve(set));
    expect(said).toMatch(/^Fortnox is connected\.\nCompany: .*998877/);
    expect(set.sandbox.fortnox.isAccessTokenValid(String(set.token().access_token))).toBe(true);
  });

  inBrowser('the code alone connects the company', async () => {
    const set = await stage();
    const code = new URL(await approve(set)).searchParams.get('code') ?? '';
    expect(await activateChecked(set, code)).toMatch(/^Fortnox is connected/);
  });

  inBrowser('the code alone does not, where nobody says that the company was checked', async () => {
    for (const checkbox of ['boolean', 'text'] as const) {
      const set = await stage({ appModes: { checkbox } });
      const code = new URL(await approve(set)).searchParams.get('code') ?? '';
      expect(await activate(set, code)).toMatch(/Nothing shows that this code was asked for/);
      expect(set.token()).toEqual({});
    }
  });

  inBrowser('the result page shows each step that was done', async () => {
    const set = await stage();
    await activate(set, await approve(set));
    const steps = await set.page.locator('.milestones li').allInnerTexts();
    expect(steps).toContain('Ask Fortnox: done');
    expect(steps.filter((step) => !step.endsWith(': done'))).toEqual([]);
  });

  inBrowser('Fortnox opens beside the form, and cannot reach it', async () => {
    const set = await stage();
    await generate(set);
    const fortnox = await openFortnox(set);
    expect(fortnox.url()).toMatch(new RegExp(`^${set.sandbox.fortnoxUrl}/oauth-v1/auth\\?`));
    expect(await fortnox.evaluate('window.opener')).toBeNull();
    expect(await set.page.getByLabel('1. Redirect URI').inputValue()).toBe(set.redirectUri);
  });

  inBrowser('the scopes that were filled in are the ones that Fortnox asks about', async () => {
    const set = await stage();
    await generate(set, { scopes: 'customer\ninvoice' });
    const fortnox = await openFortnox(set);
    expect(await fortnox.getByRole('listitem').allInnerTexts()).toEqual(['customer', 'invoice']);
  });
});

describe('given a redirect URI that is the form itself', () => {
  inBrowser('Fortnox leads to the form, and nothing but its own address is filled in', async () => {
    const set = await stage();
    const own = set.formUrl;
    set.sandbox.fortnox.register({
      id: 'JBL1UVnvfo4y',
      secret: 'stand-in-client-secret',
      redirectUris: [own],
    });
    await generate(set, { redirectUri: own });
    const page = await openFortnox(set);
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.waitForURL(`${own}?code=*`);
    expect(await page.getByLabel('4. Address or code').inputValue()).toMatch(/^[\da-f-]{32,36}$/);
    await page.getByLabel('1. Redirect URI').fill(own);
    await page.getByRole('button', { name: 'Activate Onify in Fortnox' }).click();
    expect(await outcome(page)).toMatch(/^Fortnox is connected/);
  });

  inBrowser(
    'what leads there with a code of its own is not taken, unless somebody says so',
    async () => {
      const set = await stage();
      const code = new URL(await approve(set)).searchParams.get('code') ?? '';
      for (const [state, said] of [
        ['', /Nothing shows that this code was asked for on this Hub/],
        ['&state=made-elsewhere', /state was not made here/],
      ] as const) {
        await set.page.goto(`${set.formUrl}?lang=en&code=${code}${state}`);
        await set.page.getByLabel('1. Redirect URI').fill(set.redirectUri);
        expect(await activate(set, code)).toMatch(said);
        expect(set.token()).toEqual({});
      }
    },
  );

  inBrowser('a refusal is said in the form, in words', async () => {
    const set = await stage();
    await set.page.goto(`${set.formUrl}?error=access_denied&state=x`);
    expect(await set.page.getByText('Fortnox answered "access_denied"').isVisible()).toBe(true);
  });

  inBrowser('what is no code and no error of Fortnox is not taken from the address', async () => {
    const set = await stage();
    const query = new URLSearchParams({ code: 'two words', error: '<img src=x onerror=alert(1)>' });
    await set.page.goto(`${set.formUrl}?${query}`);
    expect(await set.page.getByLabel('4. Address or code').inputValue()).toBe('');
    expect(await set.page.locator('img').count()).toBe(0);
    expect(await set.page.getByText('Fortnox answered').count()).toBe(0);
  });
});

describe('given a Hub that is connected with another company', () => {
  inBrowser('the other one stays, and both are named', async () => {
    const set = await stage();
    storeToken(set);
    const said = await activate(set, await approve(set));
    expect(said).toContain('111111');
    expect(said).toContain('998877');
    expect(set.token().tenant_id).toBe('111111');
  });

  inBrowser('it is replaced where the box is ticked, whatever a box is sent as', async () => {
    for (const checkbox of ['boolean', 'text'] as const) {
      const set = await stage({ appModes: { checkbox } });
      storeToken(set);
      const address = await approve(set);
      await set.page.getByLabel('Replace the company that is connected').check();
      expect(await activate(set, address)).toMatch(/^Fortnox is connected/);
      expect(String(set.token().tenant_id)).toBe('998877');
    }
  });

  inBrowser('it stays where the box is not ticked, whatever a box is sent as', async () => {
    const set = await stage({ appModes: { checkbox: 'text' } });
    storeToken(set);
    expect(await activate(set, await approve(set))).toContain('111111');
  });
});

describe('given something that goes wrong', () => {
  inBrowser('a refused consent is said in words, and nothing is stored', async () => {
    const set = await stage();
    await generate(set);
    const address = await decide(set, await openFortnox(set), 'Refuse');
    expect(await activate(set, address)).toMatch(/not approved in Fortnox\. Generate a new/);
    expect(set.token()).toEqual({});
  });

  inBrowser('an address of another activation is not taken', async () => {
    const set = await stage();
    const foreign = await approve(set);
    await generate(set);
    expect(await activate(set, foreign)).toMatch(/does not belong to the activation URL/);
    expect(set.token()).toEqual({});
  });

  inBrowser('an address is good for one connection', async () => {
    const set = await stage();
    const first = await approve(set);
    const second = await decide(set, await openFortnox(set), 'Approve');
    await activate(set, first);
    await set.page.goto(set.formUrl);
    await set.page.getByLabel('1. Redirect URI').fill(set.redirectUri);
    expect(await activate(set, second)).toMatch(/was connected after this activation URL was made/);
  });

  inBrowser('a redirect URI that is not registered ends on the page of Fortnox', async () => {
    const set = await stage();
    await generate(set, { redirectUri: 'https://elsewhere.example/back' });
    const fortnox = await openFortnox(set);
    expect(await fortnox.getByRole('main').innerText()).toMatch(/redirect URI is not known/);
  });

  inBrowser('another redirect URI than the one that was approved is said', async () => {
    const set = await stage();
    const code = new URL(await approve(set)).searchParams.get('code') ?? '';
    await set.page.getByLabel('1. Redirect URI').fill('http://localhost:2022');
    expect(await activateChecked(set, code)).toMatch(
      /only with the redirect URI that it was asked for/,
    );
  });

  inBrowser('what is no address is not even tried', async () => {
    const set = await stage();
    await generate(set, { redirectUri: 'localhost' });
    expect(await set.page.locator('.outcome.error').innerText()).toMatch(/^The redirect URI is/);
    await set.page.getByLabel('4. Address or code').fill('a-code');
    await set.page.getByRole('button', { name: 'Activate Onify in Fortnox' }).click();
    expect(set.page.url()).toBe(set.formUrl);
  });

  inBrowser('a code that was used is refused, and the connection stays', async () => {
    const set = await stage();
    const code = new URL(await approve(set)).searchParams.get('code') ?? '';
    await activateChecked(set, code);
    const { refresh_token: stored } = set.token();
    await generate(set);
    expect(await activateChecked(set, code)).toMatch(/^Fortnox does not accept the code/);
    expect(set.token().refresh_token).toBe(stored);
  });

  inBrowser('a code that is older than ten minutes is refused', async () => {
    const set = await stage();
    const address = await approve(set);
    set.sandbox.clock.advance(601);
    expect(await activate(set, address)).toMatch(/lives for ten minutes.*Generate a new/);
  });

  inBrowser('a missing licence is said, with who can add it', async () => {
    const set = await stage();
    set.sandbox.authorize.answer = 'error_missing_license';
    await generate(set);
    const opened = set.context.waitForEvent('page');
    await set.page.getByRole('link', { name: 'Open Fortnox and approve' }).click();
    await opened;
    await expect.poll(() => set.redirects.length).toBe(1);
    expect(await activate(set, set.redirects[0] ?? '')).toMatch(/no licence.*system administrator/);
  });

  inBrowser('a Hub that fails is said beside the button, and the button works again', async () => {
    const set = await stage();
    set.sandbox.faults.order({
      side: 'hub',
      kind: 'answer',
      method: 'POST',
      path: '/api/v2/my/workflows/run',
      status: 503,
      body: '{"statusCode":503,"error":"Service Unavailable","message":"Try later"}',
    });
    await generate(set);
    expect(await set.page.locator('.outcome.error').innerText()).toBe('Try later');
    await set.page.getByRole('button', { name: 'Generate activation URL' }).click();
    await set.page.getByRole('link', { name: 'Open Fortnox and approve' }).waitFor();
  });
});
