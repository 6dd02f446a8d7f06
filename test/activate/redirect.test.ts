import { describe, expect, test } from 'vitest';
import { type Redirect, readPasted, readRedirect } from '../../src/activate/redirect.js';
import * as refusals from '../../src/activate/refusals.js';
import { refusalOf } from '../../src/activate/refusals.js';
import { isSameState, makeState } from '../../src/activate/state.js';

const STATE = 'pGmXhFv0a1-the-state-of-this-run_Zq';
const CODE = '035411fc-ce95-4c4a-bc15-273daf5ddd67';

const outcomeOf = (redirect: Redirect) =>
  redirect.kind === 'approved' ? redirect : { kind: redirect.kind, code: redirect.refusal.code };
const read = (query: string) => outcomeOf(readRedirect(new URLSearchParams(query), STATE));
const paste = (text: string) => outcomeOf(readPasted(text, STATE));
const pasteWithoutState = (text: string) => outcomeOf(readPasted(text, undefined));

describe('the state', () => {
  test('is 32 random bytes, another each time', () => {
    const [one, other] = [makeState(), makeState()];
    expect(Buffer.from(one, 'base64url')).toHaveLength(32);
    expect(one).not.toBe(other);
  });

  test.each([
    ['itself', STATE, true],
    ['another', 'another', false],
    ['a beginning of it', STATE.slice(0, -1), false],
    ['nothing', '', false],
  ])('compared with %s', (_name, other, isSame) => {
    expect(isSameState(STATE, other)).toBe(isSame);
  });
});

describe('what the browser brings', () => {
  test('is a code, with the state of this run', () => {
    expect(read(`code=${CODE}&state=${STATE}`)).toEqual({ kind: 'approved', code: CODE });
  });

  test.each([
    ['a foreign state', `code=${CODE}&state=other`],
    ['no state', `code=${CODE}`],
    ['an empty state', `code=${CODE}&state=`],
    ['two states, ours first', `code=${CODE}&state=${STATE}&state=other`],
    ['an error and a foreign state', 'error=access_denied&state=other'],
  ])('with %s is not for this run', (_name, query) => {
    expect(read(query)).toEqual({ kind: 'ignored', code: 'activation_foreign_state' });
  });

  test.each([
    ['two codes', `code=${CODE}&code=other&state=${STATE}`],
    ['an empty code', `code=&state=${STATE}`],
    ['a code with spaces', `code=a+b+c+d&state=${STATE}`],
    ['a code that is too long', `code=${'c'.repeat(513)}&state=${STATE}`],
  ])('with %s is no code', (_name, query) => {
    expect(read(query)).toEqual({ kind: 'ignored', code: 'activation_code_unreadable' });
  });

  test.each([
    ['access_denied', 'fortnox_access_denied'],
    ['invalid_scope', 'fortnox_invalid_scope'],
    ['error_missing_license', 'fortnox_license_missing'],
    ['error_missing_app_license', 'fortnox_license_missing'],
    ['error_missing_system_admin_right', 'fortnox_not_system_admin'],
    ['server_error', 'fortnox_unavailable'],
    ['something_new', 'fortnox_refused'],
  ])('with the error %s ends the wait', (error, code) => {
    expect(read(`error=${error}&error_description=x&state=${STATE}`)).toEqual({
      kind: 'refused',
      code,
    });
    expect(read(`error=${error}`)).toEqual({ kind: 'ignored', code });
  });

  test('with an error and a code is an error', () => {
    const query = `error=access_denied&code=${CODE}&state=${STATE}`;
    expect(read(query)).toEqual({ kind: 'refused', code: 'fortnox_access_denied' });
  });

  test('with nothing at all goes on waiting', () => {
    expect(read('')).toEqual({ kind: 'ignored', code: 'fortnox_empty_redirect' });
  });

  test.each([['our state alone', `state=${STATE}`]])('with %s ends the wait', (_name, query) => {
    expect(read(query)).toEqual({ kind: 'refused', code: 'fortnox_empty_redirect' });
  });
});

describe('what a person pastes', () => {
  test.each([
    ['the bare code', CODE],
    ['the bare code between spaces', `  ${CODE}\t`],
    ['the bare code in quotes', `"${CODE}"`],
    ['the whole address', `http://localhost:2022/?code=${CODE}&state=${STATE}`],
    ['the whole address with a fragment', `http://localhost:2022/?state=${STATE}&code=${CODE}#_`],
    ['the address in angle brackets', `<https://example.com/back?code=${CODE}&state=${STATE}>`],
    ['the address without http://', `localhost:2022/?code=${CODE}&state=${STATE}`],
    ['the query alone', `code=${CODE}&state=${STATE}`],
    ['the query with its question mark', `?code=${CODE}&state=${STATE}`],
  ])('may be %s', (_name, text) => {
    expect(paste(text)).toEqual({ kind: 'approved', code: CODE });
  });

  test.each(['yes', 'help', 'hello', 'quit!', '12345'])('is not the word %j', (word) => {
    expect(paste(word)).toEqual({ kind: 'ignored', code: 'activation_code_unreadable' });
  });

  test.each([
    [
      'an address with another state',
      `http://localhost:2022/?code=${CODE}&state=x`,
      'activation_foreign_state',
    ],
    ['an address without state', `http://localhost:2022/?code=${CODE}`, 'activation_foreign_state'],
    ['a sentence', 'I do not know the code', 'activation_code_unreadable'],
    ['nothing', '', 'activation_code_unreadable'],
    ['an address without answer', 'http://localhost:2022/', 'fortnox_empty_redirect'],
    [
      'the activation URL',
      `https://apps.fortnox.se/oauth-v1/auth?client_id=a&state=${STATE}`,
      'activation_url_pasted',
    ],
  ])('may be pasted again after %s', (_name, text, code) => {
    expect(paste(text)).toEqual({ kind: 'ignored', code });
  });

  test('ends the wait with the error of Fortnox', () => {
    expect(paste(`http://localhost:2022/?error=access_denied&state=${STATE}`)).toEqual({
      kind: 'refused',
      code: 'fortnox_access_denied',
    });
  });
});

describe('what a person pastes where the state is not known', () => {
  test('may be the bare code', () => {
    expect(pasteWithoutState(CODE)).toEqual({ kind: 'approved', code: CODE });
  });

  test('cannot be a whole address, as nothing tells whose it is', () => {
    const address = `http://localhost:2022/?code=${CODE}&state=${STATE}`;
    expect(pasteWithoutState(address)).toEqual({
      kind: 'ignored',
      code: 'activation_code_expected',
    });
  });

  test('may be an address with the error of Fortnox', () => {
    expect(pasteWithoutState('http://localhost:2022/?error=invalid_scope')).toEqual({
      kind: 'refused',
      code: 'fortnox_invalid_scope',
    });
  });
});

describe('a refusal', () => {
  test.each(['__proto__', 'constructor', 'toString'])('named %s is an unknown one', (name) => {
    expect(refusalOf(name).code).toBe('fortnox_refused');
  });

  test('of an unknown name shows nothing but the name', () => {
    const { message } = refusalOf('new_error\u001b[31m <script>alert(1)</script>');
    expect(message).toBe('Fortnox refused the approval with "new_error31mscriptalert1script".');
  });

  test('fits into 80 columns, with its next step', () => {
    const errors = [
      ...[
        'access_denied',
        'invalid_scope',
        'error_missing_license',
        'error_missing_system_admin_right',
      ],
      ...['unauthorized_client', 'invalid_request', 'server_error', 'something_new'],
    ];
    const fixed = Object.values(refusals).filter((value) => typeof value === 'object');
    for (const { message, hint } of [...errors.map(refusalOf), ...fixed]) {
      expect(`Error: ${message}`.length, message).toBeLessThanOrEqual(80);
      expect(hint.length, hint).toBeLessThanOrEqual(80);
    }
  });
});
