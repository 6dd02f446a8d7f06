import { attributeOf, elementsOf, type Form } from '../form/facts.js';
import { type Found, rulesOf } from '../rule.js';
import { Lines, type Problem, problem, type TextFile } from '../text.js';

const WORD =
  '(?:secret|password|passwd|api[_-]?key|access[_-]?token|refresh[_-]?token|auth[_-]?token|private[_-]?key)';

/** Names of headers, parameters and fields that hold a secret, or may: what stands in them must look like chance as well. */
const LOOSE =
  '(?:authorization|auth|token|secret|api[_-]?key|passphrase|pwd|credentials?|cookie|signature|(?:access|account|auth|encryption|functions|license|master|private|secret|session|shared|signing|storage|subscription|webhook)[_-]?key|session[_-]?id)';
/** A scheme in front, such as `Token `, and the value. */
const VALUE = '(?:[A-Za-z][\\w-]{1,30}[ =:]{1,2}){0,2}[\'"]?([\\w.~+/-]{16,500}=*)';

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
  // the prefix of its maker, what it is, and chance: crm_live_7f3c…
  {
    what: 'a random token',
    pattern:
      /\b[a-z][a-z0-9]{1,15}_(?:live|prod|secret|token|pat|sk|key|api)_([A-Za-z0-9]{16,200})\b/g,
  },
  {
    what: 'a random token',
    pattern: /\b(?:sk-(?:[a-z]+-)?|SG\.|shpat_|dop_v1_|hf_|lin_api_)([\w-]{16,200})/g,
  },
  {
    what: 'a random token',
    pattern: /\bhttps:\/\/hooks\.slack\.com\/services\/\w{6,20}\/\w{6,20}\/(\w{16,40})/g,
  },
  {
    what: 'a random token',
    pattern: new RegExp(`${LOOSE}["'\`]?\\s*[:=]\\s*["'\`]${VALUE}["'\`]`, 'gi'),
  },
  {
    what: 'a random token',
    pattern: new RegExp(`(?:key|name)="[^"\\n]{0,80}${LOOSE}"\\s*>\\s*${VALUE}\\s*<`, 'gi'),
  },
  {
    what: 'a random token',
    pattern: new RegExp(`[?&;](?:[\\w-]{0,40}[_-])?${LOOSE}=([\\w.~+/%-]{16,500})`, 'gi'),
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
/** Names of fields in which a fixed value is a secret. */
const FIELD =
  /(secret|password|passwd|pwd|passphrase|token|credentials?|api_?key|(access|auth|private|secret|subscription)_?key)\d{0,2}$/i;
/** Characters of a part that came about by chance: at least, and of one that nothing names. */
const SHORTEST = 8;
const SHORT = 16;
const LONG = 40;
/** Changes between letters and digits, and different characters, that a name does not have. */
const CHANGES = 4;
const DISTINCT = 8;
const PLACEHOLDER =
  /^(x+|\*+|\.+|[<[({$%]|your|my|example|change|placeholder|test|dummy|sample|insert|enter)/i;

/** Rules about secrets in files. */
export const secretRules = rulesOf({
  'secret-literal': {
    error: 'A secret in a file is in every copy of it and in the history for ever.',
    text: findSecrets,
    form: findInForm,
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
      const message = `This looks like ${what.replace('random ', '')}. Remove it, revoke it, and keep it in a setting.`;
      found.set(place.line, found.get(place.line) ?? problem(place, message));
    }
  }
  return [...found.values()];
}

/** A fixed value of a field whose name says that it is a secret, where the text alone does not show it. */
function findInForm(form: Form): Found[] {
  return elementsOf(form).flatMap((element) => {
    const name = attributeOf(element, 'name')?.value;
    const isSecret = typeof name === 'string' && FIELD.test(name);
    return ['value', 'placeholder', 'default', 'defaultValue'].map((member): Found => {
      const attribute = attributeOf(element, member);
      const { value } = attribute ?? {};
      if (!attribute || typeof value !== 'string' || value.includes('{') || isShape(value)) {
        return false;
      }
      const isSure = isSecret && isLikely(value, 'a random token');
      // A shorter one may be a first value or a sample, and a long one under another name the id of something.
      const isGuess = isSecret
        ? member === 'value' && value.length >= SHORTEST && isLikely(value, 'a secret')
        : isChance(value, LONG);
      const message = 'This looks like a secret. Remove it, revoke it, and keep it in a setting.';
      return (isSure || isGuess) && problem(attribute, message, isSure ? 'error' : 'warning');
    });
  });
}

/** Whether it is found by what it looks like already. */
function isShape(value: string): boolean {
  return findSecrets({ path: '', text: value }).length > 0;
}

/**
 * Whether a text has a long part in which letters and digits change often, as no word, name or number does. Of a UUID
 * all of it is one part.
 */
function isChance(value: string, least = SHORT): boolean {
  const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
  const parts = isUuid ? [value.replaceAll('-', '')] : value.split(/[^A-Za-z0-9]+/);
  return parts.some((part) => {
    const changes = part.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0;
    const isInOrder = /0?12345678|abcdef(?:gh|12)|(.)\1{5}/i.test(part);
    return (
      part.length >= least && changes >= CHANGES && new Set(part).size >= DISTINCT && !isInOrder
    );
  });
}

function isLikely(value: string, what: string): boolean {
  if (what === 'a random token') {
    return !PLACEHOLDER.test(value) && isChance(value);
  }
  // Names of settings and fields, paths and sentences stand in the same places.
  const isName =
    /\s|^_|^\/|^[a-z]+([._-][a-z]+)*$|^[A-Z]?[a-z]+([A-Z][a-z]+)*$/.test(value) ||
    /^[a-z]+\d{0,2}(_[a-z]+\d{0,2})+$/.test(value);
  const isShortened = /(\.\.\.|…)$/.test(value);
  const isSecret = what !== 'a secret' || (!isName && /\d/.test(value));
  return isSecret && !isShortened && !PLACEHOLDER.test(value);
}
