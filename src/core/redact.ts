/** Shorter values cannot be told from other text. */
const MIN_LENGTH = 4;
const MASK = '****';

/** Fewer characters of base64 than this could be anything. */
const MIN_BASE64 = 8;

/** Knows the secrets of this run, and masks them wherever they would appear. */
export class Redactor {
  #forms: string[] = [];

  /** Registers a value that must never be printed. Values too short to be told from other text are left out. */
  add(secret: string): void {
    if (secret.length < MIN_LENGTH) {
      return;
    }
    const forms = new Set([...this.#forms, ...formsOf(secret)]);
    // The longest first, so that no part of one is left over by another.
    this.#forms = [...forms].sort((a, b) => b.length - a.length);
  }

  /** @returns the text with every registered value masked */
  mask(text: string): string {
    return this.#forms.reduce((masked, form) => masked.replaceAll(form, MASK), text);
  }
}

/** @returns the text without control characters, line breaks and tabs left in, so that it can't steer a terminal */
export function printable(text: string): string {
  return text.replace(/(?![\t\n])\p{Cc}|\p{Bidi_Control}/gu, '');
}

/**
 * @param text what was given where no secret belongs
 * @returns whether it may be one all the same: an authorization header, a JSON Web Token, or a long run of letters and digits
 */
export function looksSecret(text: string): boolean {
  return /^(bearer|basic)\s+\S|^eyJ[\w-]+\.|^(?=.*\d)(?=.*[a-z])[\w+=-]{24,}$/i.test(text.trim());
}

/** @returns every form in which a secret may turn up: as it is, URL-encoded, as a form field, in JSON, in base64 */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const inUrl = encodeURIComponent(secret);
  const inForm = new URLSearchParams({ s: secret }).toString().slice(2);
  const lowerCase = (text: string) => text.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
  return [
    secret,
    inUrl,
    lowerCase(inUrl),
    inForm,
    lowerCase(inForm),
    JSON.stringify(secret).slice(1, -1),
    ...[bytes.toString('base64'), bytes.toString('base64url')].flatMap(bothBase64),
    ...base64Inside(bytes),
  ];
}

function bothBase64(text: string): string[] {
  const bare = text.replace(/=+$/, '');
  return [text, bare, bare.replaceAll('+', '-').replaceAll('/', '_')];
}

/**
 * What base64 of any longer text that holds the secret has in common: a Basic header holds base64(id:secret), in
 * which the secret may begin at each of three places of a group. Characters shared with neighbours are left out.
 */
function base64Inside(secret: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), secret]).toString('base64');
    const own = text.slice(
      Math.ceil((before * 8) / 6),
      Math.floor(((before + secret.length) * 8) / 6),
    );
    return own.length < MIN_BASE64 ? [] : bothBase64(own);
  });
}
