/**
 * The scopes that Fortnox documents. Names are case-sensitive.
 * https://www.fortnox.se/developer/guides-and-good-to-know/scopes
 */
const KNOWN_SCOPES: readonly string[] = [
  'archive',
  'article',
  'bookkeeping',
  'companyinformation',
  'connectfile',
  'costcenter',
  'currency',
  'customer',
  'inbox',
  'invoice',
  'noxfinansinvoice',
  'offer',
  'order',
  'payment',
  'price',
  'print',
  'profile',
  'project',
  'salary',
  'settings',
  'supplier',
  'supplierinvoice',
  'timereporting',
];

/** What is asked for when nobody says otherwise: the default of the manual blueprint and of the form. */
export const DEFAULT_SCOPES =
  'invoice order article project salary costcenter payment offer price customer companyinformation';

/** A scope that Fortnox's documentation does not list, and the known one that it looks like, if any. */
export interface UnknownScope {
  readonly name: string;
  readonly suggestion: string | null;
}

/** The number of single-character edits between two texts (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

function suggestionFor(name: string): string | null {
  const lowered = name.slice(0, 40).toLowerCase();
  const ranked = KNOWN_SCOPES.map((known) => ({ known, edits: distance(lowered, known) }));
  const best = ranked.reduce((left, right) => (right.edits < left.edits ? right : left));
  // Past a third of the word it is another word and no slip.
  return best.edits <= Math.max(1, Math.floor(best.known.length / 3)) ? best.known : null;
}

/**
 * Reads a list of scopes as a person writes it, separated by blanks or commas.
 *
 * @param text the list
 * @returns the scopes without repetition, separated by one blank as RFC 6749 (section 3.3) has it, and those of
 *   them that are not documented. Fortnox may add scopes, so an unknown one is no error here.
 */
export function readScopes(text: string): {
  readonly scopes: string;
  readonly unknown: readonly UnknownScope[];
} {
  const names = [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))];
  const unknown = names
    .filter((name) => !KNOWN_SCOPES.includes(name))
    .map((name) => ({ name, suggestion: suggestionFor(name) }));
  return { scopes: names.join(' '), unknown };
}
