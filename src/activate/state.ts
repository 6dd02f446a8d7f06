import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Makes the `state` that ties Fortnox's redirect to this activation (RFC 6749, sections 4.1.1 and 10.12).
 *
 * @returns 32 random bytes in base64url, 43 characters
 */
export function makeState(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * Compares two states in a time that tells nothing of where, or by how many characters, they differ.
 *
 * @param expected the state that was sent
 * @param returned the state that came back
 */
export function isSameState(expected: string, returned: string): boolean {
  return timingSafeEqual(digest(expected), digest(returned));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
