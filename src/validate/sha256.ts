import type { Hash } from 'node:crypto';

/** @returns what makes a SHA-256; what it needs of Node is loaded only now, as few validations ask for one */
export function sha256(): Hash {
  return process.getBuiltinModule('node:crypto').createHash('sha256');
}
