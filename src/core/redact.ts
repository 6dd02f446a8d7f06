/** Shorter values cannot be told from other text. */
const MIN_LENGTH = 4;
const MASK = '****';

/** Fewer characters of base64 than this could be anything. */
const MIN_BASE64 = 8;

/** Knows the secrets of this run, and masks them wherever they would appear. */
export class Redactor {
  /** Every form of every secret by its first characters, the longest first: a text is gone through once. */
  readonly #forms = new Map<string, string[]>();

  /** Registers a value that must never be printed. Values too short to be told from other text are left out. */
  add(secret: string): void {
    if (secret.length < MIN_LENGTH) {
      return;
    }
    for (const form of new Set(formsOf(secret))) {
      const start = form.slice(0, MIN_LENGTH);
      const alike = this.#forms.get(start) ?? [];
      if (!alike.includes(form)) {
        this.#forms.set(
          start,
          [...alike, form].sort((a, b) => b.length - a.length),
        );
      }
    }
  }

  /** @returns the text with every registered value masked; those that overlap are masked as one */
  mask(text: string): string {
    let masked = '';
    let end = 0;
    for (let at = 0; at < text.length; at += 1) {
      const form = this.#formAt(text, at);
      if (form === undefined) {
        continue;
      }
      if (at >= end) {
        masked += text.slice(end, at) + MASK;
      }
      end = Math.max(end, at + form.length);
    }
    return masked + text.slice(end);
  }

  #formAt(text: string, at: number): string | undefined {
    const alike = this.#forms.get(text.slice(at, at + MIN_LENGTH));
    return alike?.find((form) => text.startsWith(form, at));
  }
}

/**
 * @returns the text without control characters, line breaks and tabs left in, so that it can't steer a terminal, and
 * without what nobody sees, so that a word is what it looks like
 */
export function printable(text: string): string {
  return text.replace(/(?![\t\n])\p{Cc}|\p{Cf}|\p{Default_Ignorable_Code_Point}|\p{Cs}/gu, '');
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
