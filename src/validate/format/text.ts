import type { Finding } from '../rule.js';

/** @returns what is wrong, with the element in front where there is one, for formats that have no place for it */
export function textOf({ element, message }: Finding): string {
  return element === undefined ? message : `${element}: ${message}`;
}
