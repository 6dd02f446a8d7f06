import { suggestion } from '../core/suggest.js';

/**
 * The scopes that Fortnox documents. Names are case-sensitive.
 * https://www.fortnox.se/developer/guides-and-good-to-know/scopes
 */
const DOCUMENTED_SCOPES = `
  archive article bookkeeping companyinformation connectfile costcenter currency customer inbox invoice
  noxfinansinvoice offer order payment price print profile project salary settings supplier supplierinvoice
  timereporting`
  .trim()
  .split(/\s+/);

/** What is asked for when nobody says otherwise: the default of the manual blueprint and of the form. */
export const DEFAULT_SCOPES =
  'invoice order article project salary costcenter payment offer price customer companyinformation';

/** A scope that Fortnox's documentation does not list, and the documented one that it looks like, if any. */
interface UndocumentedScope {
  readonly name: string;
  readonly suggestion: string | undefined;
}

/**
 * Reads a list of scopes as a person writes it, separated by spaces or commas.
 *
 * @param text the list
 * @returns the scopes without repetition, separated by one space as RFC 6749 (section 3.3) has it, and those of
 *   them that are not documented. Fortnox may add scopes, so an undocumented one is no error here.
 */
export function readScopes(text: string): {
  readonly scopes: string;
  readonly undocumented: readonly UndocumentedScope[];
} {
  const names = [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))];
  const undocumented = names
    .filter((name) => !DOCUMENTED_SCOPES.includes(name))
    .map((name) => ({ name, suggestion: suggestion(name, DOCUMENTED_SCOPES) }));
  return { scopes: names.join(' '), undocumented };
}
