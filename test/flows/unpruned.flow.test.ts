import { describe, expect, test } from 'vitest';
import { hubElements } from '../../sandbox/engine/flow.js';
import { run } from './asks.js';
import type { Answers } from './harness.js';
import { clientTokens, refusal, SECRET, Settings, storedToken, tokens } from './world.js';

const input = { code: SECRET.code, redirectURI: 'http://localhost:2022' };
const COMPANY = { CompanyInformation: { CompanyName: 'Provbolaget AB', DatabaseNumber: 1234 } };
const DOWN = { statusCode: 503, body: '' };

/**
 * The cases that loop, on the engine as it is: without the short cut for ways that are not taken, which is where old
 * engines fill their queues.
 */
describe('on the engine as it is, what goes wrong comes to an end', () => {
  test.each<[string, string, Answers, boolean]>([
    ['a refresh that works', 'refresh-access-token', {}, true],
    ['a refresh in an outage', 'refresh-access-token', { 'ask-fortnox': DOWN }, false],
    [
      'a refresh of a dead connection',
      'refresh-access-token',
      { 'ask-fortnox': refusal('invalid_grant') },
      false,
    ],
    [
      'a refresh whose token is dead, saved by client credentials',
      'refresh-access-token',
      { 'ask-fortnox:refresh': refusal('invalid_grant'), 'ask-fortnox:client': clientTokens() },
      true,
    ],
    [
      'a refresh that cannot be saved',
      'refresh-access-token',
      { 'ask-fortnox:refresh': tokens(), 'save-token': 'hangs' },
      false,
    ],
    [
      'a refresh whose saves are refused',
      'refresh-access-token',
      { 'ask-fortnox:refresh': tokens(), 'save-token': DOWN },
      false,
    ],
    [
      'a refresh on a Hub that is down',
      'refresh-access-token',
      { 'read-settings': 'hangs' },
      false,
    ],
    [
      'an activation',
      'generate-access-token',
      { 'ask-fortnox:company': { statusCode: 200, body: COMPANY } },
      true,
    ],
    ['an activation in an outage', 'generate-access-token', { 'ask-fortnox': DOWN }, false],
    [
      'an activation that cannot be saved',
      'generate-access-token',
      { 'save-token': 'hangs' },
      false,
    ],
    ['a disconnect in an outage', 'disconnect', { 'ask-fortnox': DOWN }, false],
    ['a schedule whose refresh fails', 'refresh-schedule', { 'run-refresh': DOWN }, false],
  ])('%s', async (_name, flow, answers, isOk) => {
    const settings = new Settings(storedToken());
    const done = await run(
      `fortnox-${flow}`,
      settings.answers(answers),
      { input },
      { elements: hubElements },
    );
    expect(done.ok).toBe(isOk);
  });
});
