import { expect, test } from 'vitest';
import type { CommandInput } from '../../src/options/input.js';
import { readInstallOptions } from '../../src/options/install.js';
import { testContext } from '../support/context.js';

const env = { ONIFY_API_URL: 'https://hub', ONIFY_API_TOKEN: 'Bearer canary-token' };
const read = (options: CommandInput['options']) =>
  readInstallOptions(
    { arguments: [], options: { skip: ['resources'], ...options } },
    testContext({ env }),
  );

test.each([
  [undefined, 0],
  ['5', 5000],
  ['0.25', 250],
])('--wait %s is %i milliseconds', async (wait, milliseconds) => {
  expect((await read(wait === undefined ? {} : { wait })).waitMs).toBe(milliseconds);
});
