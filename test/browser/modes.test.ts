import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { activate, approve, generate } from './person.js';
import { inBrowser, type Stage, stage, storeToken, useBrowser } from './support.js';

useBrowser();

const connect = async (set: Stage) => activate(set, await approve(set));

/** Runs a workflow as the page's own script does, and gives the status and the body. */
const runFromPage = ({ page }: Stage, key: string) =>
  page.evaluate<[number, unknown]>(
    `fetch('/api/v2/my/workflows/run/${key}', { method: 'POST', body: '{}' })
      .then(async (answer) => [answer.status, await answer.json()])`,
  );

describe('given a Hub that behaves one way or the other', () => {
  inBrowser('the form connects where fields are put into texts as they are', async () => {
    const set = await stage({ appModes: { fieldInHelp: 'raw', fieldInUrl: 'resolved' } });
    expect(await connect(set)).toMatch(/^Fortnox is connected/);
  });

  inBrowser('the form connects where a checkbox is a text, and the status is shown', async () => {
    const set = await stage({ appModes: { checkbox: 'text', processStatus: 'shown' } });
    expect(await connect(set)).toMatch(/^Fortnox is connected/);
    expect(await set.page.locator('[data-process-status]').innerText()).toBe(
      'Fortnox is connected',
    );
  });

  inBrowser('what is connected now is shown in both readings', async () => {
    for (const fieldInHelp of ['escaped', 'raw'] as const) {
      const set = await stage({ appModes: { fieldInHelp } });
      storeToken(set, { company: 'Bröd & <b>Bak</b> AB' });
      await set.page.goto(set.formUrl);
      await set.page.getByRole('button', { name: 'Show what is connected' }).click();
      await set.page
        .getByText(/^Fortnox is connected: Bröd & bBak\/b AB \(tenant id 111111\)\. /)
        .waitFor();
    }
  });
});

describe('given a Hub that asks for a login', () => {
  inBrowser('the form comes after it, with the code in the address kept', async () => {
    const set = await stage({ appModes: { login: 'required' } });
    await set.page.goto(`${set.formUrl}?code=a-code`);
    await set.page.getByLabel('Password').fill('wrong');
    await set.page.getByRole('button', { name: 'Log in' }).click();
    await set.page.getByText('That is not the password').waitFor();
    await set.page.getByLabel('Password').fill(set.sandbox.appPassword);
    await set.page.getByRole('button', { name: 'Log in' }).click();
    expect(await set.page.getByLabel('4. Address or code').inputValue()).toBe('a-code');
  });

  inBrowser('nothing runs before it', async () => {
    const set = await stage({ appModes: { login: 'required' } });
    await set.page.goto(set.formUrl);
    const [status] = await runFromPage(set, 'fortnox-generate-activation-url');
    expect(status).toBe(401);
  });
});

describe('given a user who is no admin', () => {
  inBrowser('neither the form nor its workflows are theirs', async () => {
    const set = await stage({ appModes: { role: 'user' } });
    const answer = await set.page.goto(set.formUrl);
    expect(answer?.status()).toBe(403);
    expect(await set.page.getByRole('main').innerText()).toContain('may not open this form');
    const [status, body] = await runFromPage(set, 'fortnox-generate-activation-url');
    expect([status, body]).toEqual([403, expect.objectContaining({ error: 'Forbidden' })]);
  });
});

describe('given a person who speaks Swedish', () => {
  inBrowser('the form is in Swedish after a click, and so is its result page', async () => {
    const set = await stage();
    const { page } = set;
    await page.goto(set.formUrl);
    await page.getByRole('link', { name: 'På svenska' }).click();
    await page.getByLabel('4. Adress eller kod').fill('ingen-kod');
    await page.getByRole('button', { name: 'Aktivera Onify i Fortnox' }).click();
    await page.getByRole('heading', { name: 'Om det inte är kopplat' }).waitFor();
  });

  inBrowser('a language in the record of the user is enough', async () => {
    const set = await stage({ appModes: { language: 'sv-SE' } });
    await set.page.goto(set.formUrl);
    await set.page.getByRole('button', { name: 'Skapa aktiveringslänk' }).click();
    await set.page.getByRole('link', { name: 'Öppna Fortnox och godkänn' }).waitFor();
  });
});

describe('given a form that leans on what is not documented', () => {
  const changed = async (from: string, to: string) => {
    const set = await stage();
    const file = join(set.sandbox.resourcesDir, 'forms/fortnox-activate.pug');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(from);
    writeFileSync(file, text.replace(from, to));
    return set;
  };

  inBrowser('a condition other than containsValue: true never holds', async () => {
    const condition = "{ ifField: 'activationUrl', containsValue: true }";
    const set = await changed(condition, condition.replace('true', "'https://'"));
    await generate(set);
    await set.page.getByText('Done.').waitFor();
    expect(await set.page.getByRole('link', { name: 'Open Fortnox' }).isVisible()).toBe(false);
  });

  inBrowser('a link whose address is a field leads nowhere', async () => {
    const checkbox = "type: 'checkbox',";
    const link =
      "type: 'link', value: 'To Fortnox', url: '{redirectURI}' })\n  +formElement({\n    ";
    const set = await changed(checkbox, link + checkbox);
    await set.page.goto(set.formUrl);
    const address = set.page.getByRole('link', { name: 'To Fortnox' });
    expect(await address.getAttribute('href')).toBe('{redirectURI}');
  });
});

inBrowser('a page of another site runs no workflow through the browser', async () => {
  const set = await stage();
  const answer = await fetch(
    `${set.sandbox.appUrl}/api/v2/my/workflows/run/fortnox-connection-status`,
    {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example' },
    },
  );
  expect(answer.status).toBe(403);
});
