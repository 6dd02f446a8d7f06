import { rulesOf } from '../rule.js';
import { Lines, type Problem, problem, type TextFile } from '../text.js';

const WORD =
  '(?:secret|password|passwd|api[_-]?key|access[_-]?token|refresh[_-]?token|auth[_-]?token|private[_-]?key)';

/** What secrets look like; the last group is the secret. */
const PATTERNS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a private key', pattern: /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/g },
  { what: 'a bearer token', pattern: /\bBearer\s+([\w.~+/-]{16,}=*)/g },
  { what: 'a user and password', pattern: /\bBasic\s+([A-Za-z0-9+/]{12,}=*)/g },
  { what: 'a token', pattern: /\beyJ[\w-]{8,500}\.eyJ[\w-]{8,2000}\.[\w-]+/g },
  // base64 of "app:" and a secret
  { what: "a Hub's token", pattern: /\bYXBwO[i-n][A-Za-z0-9+/]{8,}=*/g },
  {
    what: 'a token',
    pattern:
      /\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{30,}|github_pat_\w{20,}|xox[abprs]-[\w-]{10,}|sk_live_\w{16,}|AIza[\w-]{35}|npm_\w{36}|glpat-[\w-]{20})/g,
  },
  {
    what: 'a password in an address',
    pattern: /\bhttps?:\/\/[^\s/:@'"`<>${}]+:([^\s/@'"`<>${}]{3,})@/g,
  },
  // name: 'value', "name": "value", name = 'value'
  {
    what: 'a secret',
    pattern: new RegExp(`${WORD}["'\`]?\\s*[:=]\\s*["'\`]([^"'\`\\n]{6,200})["'\`]`, 'gi'),
  },
  // <camunda:entry key="name">value<
  {
    what: 'a secret',
    pattern: new RegExp(`(?:key|name)="[^"\\n]{0,80}${WORD}"\\s*>([^<\\n]{6,200})<`, 'gi'),
  },
];
const PLACEHOLDER =
  /^(x+|\*+|\.+|[<[({$%]|your|my|example|change|placeholder|test|dummy|sample|insert|enter)/i;

/** Rules about secrets in files. */
export const secretRules = rulesOf({
  'secret-literal': {
    error: 'A secret in a file is in every copy of it and in the history for ever.',
    text: findSecrets,
  },
});

function findSecrets({ text }: TextFile): Problem[] {
  let lines: Lines | undefined;
  /** One for each line. */
  const found = new Map<number, Problem>();
  for (const { what, pattern } of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      if (match[1] !== undefined && !isLikely(match[1], what)) {
        continue;
      }
      lines ??= new Lines(text);
      const place = lines.at(match.index);
      const message = `This looks like ${what}. Remove it, revoke it, and keep it in a setting.`;
      found.set(place.line, found.get(place.line) ?? problem(place, message));
    }
  }
  return [...found.values()];
}

function isLikely(value: string, what: string): boolean {
  // Names of settings and fields, paths and sentences stand in the same places.
  const isName =
    /\s|^_|^\/|^[a-z]+([._-][a-z]+)*$|^[A-Z]?[a-z]+([A-Z][a-z]+)*$/.test(value) ||
    /^[a-z]+\d{0,2}(_[a-z]+\d{0,2})+$/.test(value);
  const isShortened = /(\.\.\.|…)$/.test(value);
  const isSecret = what !== 'a secret' || (!isName && /\d/.test(value));
  return isSecret && !isShortened && !PLACEHOLDER.test(value);
}
