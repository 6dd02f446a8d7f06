import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Check } from '../../src/doctor/check.js';
import { examine } from '../../src/doctor/doctor.js';
import { HubProber } from '../../src/hub/prober.js';
import { testContext } from '../support/context.js';
import { folder } from '../support/folder.js';
import { filledHub } from './modes.js';

/** Looks at a Hub with a resources directory. @returns what was found of the directory */
async function look(resourcesDir: string | undefined): Promise<Check | undefined> {
  const hubDir = folder();
  const sandbox = await filledHub({ resourcesDir: hubDir });
  const context = testContext();
  const { apiUrl, token } = sandbox;
  const connection = {
    apiUrl,
    token,
    appUrl: undefined,
    ca: undefined,
    insecure: false,
    timeoutMs: 5000,
  };
  const prober = new HubProber(connection, context);
  const visit = { prober, connection, context, resourcesDir, triesWrites: false };
  const { checks } = await examine(visit).finally(() => prober.close());
  return checks.find(({ id }) => id === 'directory');
}

test.each([
  ['no directory', undefined, 'unknown', /None was given/],
  ['a path that leads nowhere', '/nowhere/at/all', 'attention', /not a directory/],
  ['a file', import.meta.filename, 'attention', /not a directory/],
] as const)('%s is told', async (_name, dir, state, message) => {
  expect(await look(dir)).toMatchObject({ state, message: expect.stringMatching(message) });
});

test('an empty directory beside a Hub that has files is another one', async () => {
  expect(await look(folder())).toMatchObject({
    state: 'attention',
    hint: expect.stringMatching(/another directory/),
  });
});

test('what begins with a dot, such as the .git of a checkout, does not count', async () => {
  const dir = folder();
  await filledHub({ resourcesDir: dir });
  mkdirSync(join(dir, '.git'));
  writeFileSync(join(dir, '.git/HEAD'), 'ref');
  expect(await look(dir)).toMatchObject({ state: 'ok' });
});

test('a file of the same name with another content is told', async () => {
  const dir = folder();
  await filledHub({ resourcesDir: dir });
  for (const name of ['forms', 'scripts']) {
    rmSync(join(dir, name), { recursive: true });
  }
  writeFileSync(join(dir, 'flows/fortnox-generate-access-token.bpmn'), 'edited');
  expect(await look(dir)).toMatchObject({ state: 'attention' });
});
