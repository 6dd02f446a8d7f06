import { expect, test } from 'vitest';
import type { HubModes } from '../../sandbox/hub/modes.js';
import type { SandboxOptions } from '../../sandbox/sandbox.js';
import { putMerges } from '../../src/install/put-merges.js';
import { clientOf } from '../hub/world.js';
import { hub, install } from './run-install.js';

const TOKEN = '_fortnox_access_token';
const stored = (access: string) => JSON.stringify({ access_token: access, refresh_token: 'r' });

/** A Hub with a token that lacks its tag. */
async function untagged(modes: Partial<HubModes> = {}, onCall?: SandboxOptions['onCall']) {
  const sandbox = await hub({ modes, ...(onCall && { onCall }) });
  await install(sandbox);
  const setting = sandbox.settings().get(TOKEN);
  const write = (value: string, tag: readonly string[]) =>
    sandbox.settings().put(TOKEN, { ...setting, value, tag: [...tag] });
  write(stored('the-old-token'), []);
  return { sandbox, write };
}

test('a token that is stored between reading and writing is not written over', async () => {
  let newer: (() => void) | undefined;
  const { sandbox, write } = await untagged({}, ({ method, path }) => {
    if (method === 'PUT' && path.endsWith(TOKEN)) {
      newer?.();
      newer = undefined;
    }
  });
  newer = () => write(stored('the-newer-token'), []);
  expect((await install(sandbox)).exitCode).toBe(0);
  expect(newer).toBeUndefined();
  const { value, tag } = sandbox.settings().get(TOKEN) ?? {};
  expect(JSON.parse(String(value)).access_token).toBe('the-newer-token');
  expect(tag).toEqual(['fortnox']);
});

test.each<Partial<HubModes>>([{}, { put: 'replaces' }, { passwords: 'masked' }])(
  'its tag is corrected, and its value kept, in the mode %j',
  async (modes) => {
    const { sandbox } = await untagged(modes);
    const before = sandbox.settings().get('_fortnox_app_clientid');
    expect((await install(sandbox)).exitCode).toBe(0);
    const { value, tag } = sandbox.settings().get(TOKEN) ?? {};
    expect([JSON.parse(String(value)).access_token, tag]).toEqual(['the-old-token', ['fortnox']]);
    expect(sandbox.settings().get('_fortnox_app_clientid')).toEqual(before);
  },
);

test.each<['merges' | 'replaces', boolean]>([
  ['merges', true],
  ['replaces', false],
])('a Hub whose PUT %s is known by it, and left as it was', async (put, merges) => {
  const sandbox = await hub({ modes: { put } });
  await install(sandbox);
  const before = sandbox.settings().get('_fortnox_app_clientid');
  const client = clientOf(sandbox.apiUrl, undefined, { token: sandbox.token });
  expect(await putMerges(client)).toBe(merges);
  expect(sandbox.settings().get('_fortnox_app_clientid')).toEqual(before);
});
