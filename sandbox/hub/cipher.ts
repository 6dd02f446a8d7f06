import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What a Hub adds to its scripts: text in, text out, with a key that is the Hub's own (onify/flow-validator). */
export interface HubCipher {
  encrypt(text: string, encoding: BufferEncoding): string;
  /** @throws Error where the text was not encrypted with this key */
  decrypt(text: string, encoding: BufferEncoding): string;
}

const ALGORITHM = 'aes-256-gcm';

/** Makes one with a key of its own, which lives as long as the Hub's installation does. */
export function hubCipher(key = randomBytes(32)): HubCipher {
  return {
    encrypt: (text, encoding) => {
      const iv = randomBytes(12);
      const cipher = createCipheriv(ALGORITHM, key, iv);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString(encoding);
    },
    decrypt: (text, encoding) => {
      const bytes = Buffer.from(text, encoding);
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString(
        'utf8',
      );
    },
  };
}
