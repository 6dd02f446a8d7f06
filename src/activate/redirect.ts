import {
  CODE_EXPECTED,
  EMPTY_REDIRECT,
  FOREIGN_REDIRECT,
  PASTED_ACTIVATION_URL,
  type Refusal,
  refusalOf,
  UNREADABLE_CODE,
} from './refusals.js';
import { isSameState } from './state.js';

/**
 * What Fortnox's redirect brought.
 *
 * - `approved`: a code that belongs to this activation
 * - `refused`: an answer of Fortnox that ends this activation
 * - `ignored`: nothing that belongs to this activation; it goes on waiting
 */
export type Redirect =
  | { readonly kind: 'approved'; readonly code: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'ignored'; readonly refusal: Refusal };

/** Printable ASCII without spaces (RFC 6749, appendix A.11), within the bounds that the flow accepts too. */
const CODE = /^[\x21-\x7e]{4,512}$/;

/** What a person types who does not know what a code is: a word, or too little. Codes were seen to be UUIDs. */
const WORD = /^([a-z]+|.{1,5})[.!?]?$/i;

/**
 * Reads the query of Fortnox's redirect (RFC 6749, sections 4.1.2 and 4.1.2.1).
 *
 * @param parameters the query of the address
 * @param state the state that was sent with the activation URL
 * @returns a code or an end only with that very state, as anything on this computer can call. What comes without a
 *   state is named, and does not end the wait.
 */
export function readRedirect(parameters: URLSearchParams, state: string): Redirect {
  const hasState = parameters.getAll('state').some((value) => value !== '');
  const returned = single(parameters, 'state');
  const isOurs = returned !== undefined && isSameState(state, returned);
  const error = single(parameters, 'error');
  if (!isOurs) {
    const isForeign = hasState || (parameters.has('code') && error === undefined);
    const unsure = error === undefined ? EMPTY_REDIRECT : refusalOf(error);
    return ignored(isForeign ? FOREIGN_REDIRECT : unsure);
  }
  if (error !== undefined) {
    return { kind: 'refused', refusal: refusalOf(error) };
  }
  if (!parameters.has('code')) {
    return { kind: 'refused', refusal: EMPTY_REDIRECT };
  }
  const code = single(parameters, 'code');
  return code !== undefined && CODE.test(code)
    ? { kind: 'approved', code }
    : ignored(UNREADABLE_CODE);
}

/**
 * Reads what a person pastes: the bare code, or the whole address that Fortnox redirected to, or its query.
 *
 * @param text one line
 * @param state the state that was sent; undefined where the activation URL was made elsewhere, and then only a bare code
 *   or Fortnox's error can be taken
 */
export function readPasted(text: string, state: string | undefined): Redirect {
  const pasted = unwrapped(text);
  const query = queryOf(pasted);
  if (query === undefined) {
    return CODE.test(pasted) && !WORD.test(pasted)
      ? { kind: 'approved', code: pasted }
      : ignored(UNREADABLE_CODE);
  }
  if (query.has('client_id')) {
    return ignored(PASTED_ACTIVATION_URL);
  }
  const error = single(query, 'error');
  // What a person pastes without a state is an answer all the same: Fortnox documents none for its errors.
  if (error !== undefined && !query.has('state')) {
    return { kind: 'refused', refusal: refusalOf(error) };
  }
  if (state !== undefined) {
    const redirect = readRedirect(query, state);
    // A person may have copied too early, and can copy again.
    const isEmpty = redirect.kind === 'refused' && redirect.refusal === EMPTY_REDIRECT;
    return isEmpty ? ignored(EMPTY_REDIRECT) : redirect;
  }
  return error === undefined
    ? ignored(CODE_EXPECTED)
    : { kind: 'refused', refusal: refusalOf(error) };
}

/** What a person copied, without the spaces, quotes and angle brackets that came along. */
function unwrapped(text: string): string {
  return text.trim().replace(/^["'<]+|["'>]+$/g, '');
}

/** The query of an address or of a part of one; undefined when the text is neither. */
function queryOf(text: string): URLSearchParams | undefined {
  const withoutFragment = text.split('#')[0] ?? '';
  const at = withoutFragment.indexOf('?');
  if (at >= 0) {
    return new URLSearchParams(withoutFragment.slice(at + 1));
  }
  if (/^&?(code|state|error)=/.test(withoutFragment)) {
    return new URLSearchParams(withoutFragment);
  }
  return /^https?:\/\//i.test(text) ? new URLSearchParams() : undefined;
}

/** The one value of a parameter; RFC 6749, section 3.1, allows no second one, and an empty one counts as none. */
function single(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name).filter((value) => value !== '');
  return values.length === 1 ? values[0] : undefined;
}

function ignored(refusal: Refusal): Redirect {
  return { kind: 'ignored', refusal };
}
