const SHORTEST = 4;
const MASK = '****';

/** @returns every form in which a secret may turn up: as it is, URL-encoded, as a form field, in base64, in JSON */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const encoded = encodeURIComponent(secret);
  return [
    secret,
    encoded,
    encoded.replaceAll('%20', '+'),
    bytes.toString('base64'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    JSON.stringify(secret).slice(1, -1),
  ];
}

/** Knows the secrets of this run, and masks them wherever they would appear. */
export class Redactor {
  #forms: string[] = [];

  /** Registers a value that must never be printed. Values too short to be told from other text are left out. */
  add(secret: string): void {
    if (secret.length < SHORTEST) return;
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
