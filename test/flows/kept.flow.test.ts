import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ScriptCache } from '../../sandbox/engine/cached-scripts.js';
import { CLIENT, root } from './flow-world.js';
import { type Answers, run } from './harness.js';
import { Settings, storedToken } from './world.js';

/** Stands in for a script: notes what the process holds as it begins. */
const NOTE =
  'environment.output.seen = environment.output.seen || JSON.stringify({ ...environment.output, state: undefined }); next();';

/**
 * Runs a flow up to a script, which the Hub would store with the process if it went down there.
 *
 * @param missing a script that is not there
 * @returns what the process holds as the script begins
 */
async function heldBefore(flow: string, script: string, answers: Answers = {}, missing?: string) {
  const resourcesDir = mkdtempSync(join(tmpdir(), 'kept-'));
  onTestFinished(() => rmSync(resourcesDir, { recursive: true }));
  cpSync(join(root, 'resources'), resourcesDir, { recursive: true });
  const place = (name: string) => join(resourcesDir, `scripts/fortnox/${name}.js`);
  // The end of a failed run would clear what was noted.
  for (const name of [script, 'explain']) {
    writeFileSync(place(name), NOTE);
  }
  if (missing) {
    rmSync(place(missing));
  }
  const settings = new Settings(storedToken(), { resourcesDir, scripts: new ScriptCache() });
  settings.change({ _fortnox_alert_email: 'ops@example.com' });
  const done = await run(flow, settings.answers(answers), {
    input: { redirectURI: 'http://localhost:2022', scopes: 'customer' },
  });
  return JSON.parse(String(done.output.seen));
}

const READERS = [
  ['fortnox-connection-status', 'report-connection'],
  ['fortnox-generate-activation-url', 'build-activation-url'],
  ['fortnox-refresh-schedule', 'plan-schedule'],
] as const;

describe.each(READERS)('what %s holds of the settings', (flow, script) => {
  test('is no secret: of tokens and secret only whether they are there', async () => {
    expect(await heldBefore(flow, script)).toEqual({
      path: '',
      happened: {
        ok: true,
        statusCode: 200,
        clientId: CLIENT.id,
        hasSecret: true,
        hasToken: true,
        byKey: false,
        alertEmail: 'ops@example.com',
        token: {
          ...storedToken(),
          access_token: true,
          refresh_token: true,
          connection: 0,
          rotation: 0,
          company: null,
          connected_at: null,
          client_credentials_proven: null,
          client_credentials_rejected: null,
          refresh_token_rejected: null,
        },
      },
    });
  });

  test('is why they could not be read', async () => {
    const cut = { 'read-settings': { fails: 'ECONNREFUSED' } };
    expect((await heldBefore(flow, script, cut)).happened).toEqual({
      error: { code: 'ECONNREFUSED' },
    });
  });

  test('is that the time was up', async () => {
    const { happened } = await heldBefore(flow, script, { 'read-settings': 'hangs' });
    expect(happened).toEqual({ error: { code: 'ETIMEDOUT' } });
  });
});

describe('what fortnox-refresh-schedule holds', () => {
  const failed = { statusCode: 502, body: { error: { message: 'Why it failed. [refused]' } } };

  test.each<[string, Answers[string], unknown]>([
    ['fails', { fails: 'ECONNRESET' }, { error: { code: 'ECONNRESET' } }],
    ['hangs', 'hangs', { error: { code: 'ETIMEDOUT' } }],
  ])('of a refresh that %s is why', async (_name, answer, happened) => {
    const held = await heldBefore('fortnox-refresh-schedule', 'judge-run', {
      'run-refresh': answer,
    });
    expect(held.happened).toEqual(happened);
  });

  test.each<[string, Answers[string], unknown]>([
    ['is sent', { statusCode: 200, body: {} }, { statusCode: 200 }],
    ['fails', { fails: 'ECONNRESET' }, { error: { code: 'ECONNRESET' } }],
    ['hangs', 'hangs', { error: { code: 'ETIMEDOUT' } }],
  ])('of a mail that %s is what became of it', async (_name, answer, happened) => {
    const held = await heldBefore('fortnox-refresh-schedule', 'explain', {
      'run-refresh': failed,
      'send-mail': answer,
    });
    expect(held.happened).toEqual(happened);
    expect(held.failure).toMatchObject({ message: 'Why it failed. [refused]' });
  });
});

test.each(READERS.slice(0, 2))(
  'what %s holds of a script that is missing is which it is, and nothing that was read',
  async (flow, script) => {
    expect(await heldBefore(flow, 'explain', {}, script)).toEqual({
      path: '',
      failure: { kind: 'script-missing', error: 'ENOENT' },
      happened: false,
      work: false,
    });
  },
);
