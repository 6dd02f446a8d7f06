import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ScriptCache } from '../../sandbox/engine/cached-scripts.js';
import { parseFlow } from '../../sandbox/engine/flow.js';
import { prunedElements } from '../../sandbox/engine/pruned.js';
import { CLIENT, kept, root, SECRET } from './flow-world.js';
import { type Answers, run } from './harness.js';
import { Settings, storedToken } from './world.js';

/** Stands in for a script: notes what the process holds as it begins. */
const NOTE =
  'environment.output.seen = environment.output.seen || JSON.stringify({ ...environment.output, state: undefined });';

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
  writeFileSync(place('explain'), `${NOTE} next();`);
  if (script !== 'explain') {
    // What asks Fortnox would ask again and again.
    const isAsker = ASKERS.some(([, asker]) => asker === script);
    writeFileSync(place(script), `${NOTE} next(${isAsker ? "new Error('noted')" : ''});`);
  }
  if (missing) {
    rmSync(place(missing));
  }
  const settings = new Settings(storedToken(), { resourcesDir, scripts: new ScriptCache() });
  settings.change({ _fortnox_alert_email: 'ops@example.com' });
  const done = await run(flow, settings.answers(answers), {
    input: { code: SECRET.code, redirectURI: 'http://localhost:2022', scopes: 'customer' },
  });
  return JSON.parse(String(done.output.seen));
}

/**
 * Runs a flow up to a script that stands in the flow itself, once a call came to something.
 *
 * @param last what the script had asked for: a `write`, or a `look`
 * @returns what the process holds of that call
 */
async function heldBeforeInline(flow: string, task: string, answers: Answers, last?: string) {
  const xml = readFileSync(join(root, `flows/${flow}.bpmn`), 'utf8');
  const [before = '', after = ''] = xml.split(`<bpmn:scriptTask id="${task}"`);
  const noted = after.replace(
    /<!\[CDATA\[([\s\S]*?)\]\]>/,
    (_all, script) =>
      `<![CDATA[if (environment.output.happened && ${last ? `environment.output.saving?.last === '${last}'` : 'true'}) { next(new Error(JSON.stringify(environment.output.happened))); } else {${script}}]]>`,
  );
  const noting = `${before}<bpmn:scriptTask id="${task}"${noted}`;
  const name = `${flow} true`;
  kept.flows.set(name, parseFlow(noting, prunedElements));
  onTestFinished(() => {
    kept.flows.delete(name);
  });
  const settings = new Settings(storedToken(), { scripts: new ScriptCache() });
  const input = { code: SECRET.code, redirectURI: 'http://localhost:2022', replaceCompany: true };
  const { error } = await run(flow, settings.answers(answers), { input });
  return JSON.parse(error?.message ?? 'null');
}

/** What holds only whether there is a token and a secret. */
const READERS = [
  ['fortnox-connection-status', 'report-connection'],
  ['fortnox-generate-activation-url', 'build-activation-url'],
  ['fortnox-refresh-schedule', 'plan-schedule'],
] as const;

/** What asks Fortnox, and keeps what it answers. */
const ASKERS = [
  ['fortnox-refresh-access-token', 'choose-grant'],
  ['fortnox-generate-access-token', 'choose-question'],
  ['fortnox-disconnect', 'choose-disconnect'],
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
});

describe.each([...READERS, ...ASKERS])(
  'what %s holds of settings that it can not read',
  (flow, script) => {
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
  },
);

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

const late = { statusCode: 429, body: '{}', headers: { 'retry-after': '7' } };

describe.each(ASKERS)('what %s holds of a call', (flow) => {
  test.each<[string, Answers[string], unknown]>([
    ['is answered', late, { statusCode: 429, body: '{}', retryAfter: '7' }],
    ['fails', { fails: 'ECONNRESET' }, { error: { code: 'ECONNRESET' } }],
  ])('to Fortnox that %s', async (_name, answer, held) => {
    expect(await heldBeforeInline(flow, 'judge-answer', { 'ask-fortnox': answer })).toEqual(held);
  });

  test.each<[string, Answers[string], unknown]>([
    ['is answered', { statusCode: 200, body: {} }, { statusCode: 200, isKept: true }],
    ['fails', { fails: 'ECONNRESET' }, { error: { code: 'ECONNRESET' } }],
    ['hangs', 'hangs', { error: { code: 'ETIMEDOUT' } }],
  ])('that writes and %s', async (_name, answer, held) => {
    const answers = { 'save-token': answer };
    expect(await heldBeforeInline(flow, 'plan-save', answers, 'write')).toEqual(held);
  });

  test.each<[string, Answers[string], unknown]>([
    ['fails', { fails: 'ECONNRESET' }, { error: { code: 'ECONNRESET' } }],
    ['hangs', 'hangs', { error: { code: 'ETIMEDOUT' } }],
  ])('that looks at the store and %s', async (_name, answer, held) => {
    const answers = { 'save-token': { fails: 'ECONNRESET' }, 'look-at-store': answer };
    expect(await heldBeforeInline(flow, 'plan-save', answers, 'look')).toEqual(held);
  });
});

const SCRIPTS: readonly (readonly [string, string])[] = [
  ...READERS.slice(0, 2),
  ...ASKERS,
  ['fortnox-generate-access-token', 'check-consent'],
];

test.each(SCRIPTS)(
  'what %s holds of a script that is missing is which it is, and nothing that was read',
  async (flow, script) => {
    const held = await heldBefore(flow, 'explain', {}, script);
    expect(held.failure).toEqual({ kind: 'script-missing', error: 'ENOENT' });
    const isFirst = script === 'check-consent';
    expect([held.happened, held.work]).toEqual(isFirst ? [undefined, undefined] : [false, false]);
    expect(held.brought).toBe(script === 'choose-question' ? false : undefined);
  },
);
