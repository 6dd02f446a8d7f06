/** Shorter values cannot be told from other text. */
const MIN_LENGTH = 4;
const MASK = '****';

/** Fewer characters of base64 than this could be anything. */
const MIN_BASE64 = 8;

/** A longer form is looked for in pieces of this length, each of which is masked by itself too: it is no coincidence. */
const PIECE = 64;
/** From one piece to the next, so that pieces of one form overlap. */
const STRIDE = PIECE / 2;

/** What a Hub calls a secret and is longer is looked for up to here: no token comes near it. */
const MAX_LENGTH = 65_536;

/** The pieces that begin alike. */
interface Alike {
  /** Which lengths there are, the longest first: never more than PIECE. */
  lengths: readonly number[];
  readonly pieces: Set<string>;
}

/**
 * Knows the secrets of this run, and masks them wherever they would appear. At a place of a text no more is looked up
 * than there are lengths of pieces, so the time is linear in the text and in the secrets, whatever they look like.
 */
export class Redactor {
  /** The pieces of every form of every secret, by their first characters. */
  readonly #alike = new Map<string, Alike>();

  /** Registers a value that must never be printed. Values too short to be told from other text are left out. */
  add(secret: string): void {
    const value = secret.slice(0, MAX_LENGTH);
    // It may have been made printable, or one line, before it is looked for.
    const shown = printable(value);
    for (const variant of new Set([value, shown, shown.replace(/\s+/g, ' ').trim()])) {
      if (variant.length >= MIN_LENGTH) {
        formsOf(variant).flatMap(piecesOf).forEach(this.#addPiece, this);
      }
    }
  }

  #addPiece(piece: string): void {
    const start = piece.slice(0, MIN_LENGTH);
    const alike = this.#alike.get(start) ?? { lengths: [], pieces: new Set() };
    alike.pieces.add(piece);
    if (!alike.lengths.includes(piece.length)) {
      alike.lengths = [...alike.lengths, piece.length].sort((a, b) => b - a);
    }
    this.#alike.set(start, alike);
  }

  /** @returns the text with every registered value masked; those that overlap are masked as one */
  mask(text: string): string {
    let masked = '';
    let end = 0;
    for (let at = 0; at < text.length; at += 1) {
      const length = this.#lengthAt(text, at);
      if (length === undefined) {
        continue;
      }
      if (at >= end) {
        masked += text.slice(end, at) + MASK;
      }
      end = Math.max(end, at + length);
    }
    return masked + text.slice(end);
  }

  /** @returns the length of the longest piece that stands at a place of a text */
  #lengthAt(text: string, at: number): number | undefined {
    const alike = this.#alike.get(text.slice(at, at + MIN_LENGTH));
    return alike?.lengths.find((length) => alike.pieces.has(text.slice(at, at + length)));
  }
}

/** @returns a form in pieces that overlap; the form itself where it is short */
function piecesOf(form: string): string[] {
  if (form.length <= PIECE) {
    return [form];
  }
  const count = Math.ceil((form.length - PIECE) / STRIDE) + 1;
  return Array.from({ length: count }, (_, nth) => {
    const at = Math.min(nth * STRIDE, form.length - PIECE);
    return form.slice(at, at + PIECE);
  });
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
function looksSecret(text: string): boolean {
  return /^(bearer|basic)\s+\S|^eyJ[\w-]+\.|^(?=.*\d)(?=.*[a-z])[\w+=-]{24,}$/i.test(text.trim());
}

/**
 * @param text what was given where no secret belongs
 * @returns what in it may be one: all of it, a word behind that of an authorization header, or any other word
 */
export function secretsIn(text: string): string[] {
  const behind = [...text.matchAll(/\b(?:bearer|basic)\s+(\S+)/gi)].map(([, word = '']) => word);
  return [...behind, ...[text, ...text.split(/[\s,]+/)].filter(looksSecret)];
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
