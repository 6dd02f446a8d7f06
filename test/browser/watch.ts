import type { BrowserContext } from 'playwright-core';

// Run in the page.
const FIELDS = `[...document.querySelectorAll('input, textarea')].map(({ value }) => value).join()`;
const HISTORY = 'JSON.stringify([location.href, history.state])';

/**
 * Watches all that a browser does.
 *
 * @param own the origins that it may ask
 * @param secrets what must be nowhere; asked at the end, when all of them exist
 * @returns a function that gives a sentence for everything that was not as it should be
 */
export function watch(
  context: BrowserContext,
  own: readonly string[],
  secrets: () => readonly string[],
): () => Promise<string[]> {
  const problems: string[] = [];
  const texts: [place: string, text: Promise<string>][] = [];
  const note = (place: string, text: string | Promise<string>) => {
    texts.push([place, Promise.resolve(text).catch(() => '')]);
  };
  context.on('request', (request) => {
    const url = request.url();
    if (!/^(data|blob|chrome-error|about):/.test(url) && !own.includes(new URL(url).origin)) {
      problems.push(`A request to ${url}`);
    }
    note(`the address ${new URL(url).pathname}`, url);
    note(`what was sent to ${new URL(url).pathname}`, request.postData() ?? '');
  });
  context.on('response', (response) => {
    note(`the answer of ${new URL(response.url()).pathname}`, response.text());
  });
  context.on('weberror', (error) => problems.push(`A JavaScript error: ${error.error().message}`));
  context.on('console', (message) => {
    note('the console', message.text());
    // A refused run or a page that may not be seen is no error of the script.
    const isNetwork = /^Failed to load resource/.test(message.text());
    if (message.type() === 'error' && !isNetwork) {
      problems.push(`An error on the console: ${message.text()}`);
    }
  });
  return async () => {
    for (const page of context.pages()) {
      note(`the page ${page.url()}`, page.content());
      note('what fields hold', page.evaluate<string>(FIELDS));
      note('the history', page.evaluate<string>(HISTORY));
    }
    // Cookies, and what pages keep.
    note('the storage', JSON.stringify(await context.storageState({ indexedDB: true })));
    for (const [place, text] of texts) {
      const content = await text;
      if (secrets().some((secret) => content.includes(secret))) {
        problems.push(`A secret in ${place}`);
      }
    }
    return problems;
  };
}
