import { isRecord } from '../core/json.js';

/**
 * Compares what a Hub shows with what was shipped; it may add fields of its own.
 *
 * @param mayHide a field that is missing counts as one that this Hub leaves out: this very thing was imported
 */
export function isAsShipped(current: unknown, shipped: unknown, mayHide: boolean): boolean {
  if (current === undefined) {
    return mayHide;
  }
  if (Array.isArray(shipped)) {
    return Array.isArray(current) && sorted(shipped) === sorted(current);
  }
  if (!isRecord(shipped)) {
    return current === shipped;
  }
  const names = Object.keys(shipped);
  return (
    isRecord(current) && names.every((name) => isAsShipped(current[name], shipped[name], mayHide))
  );
}

// Tags and roles have no order.
function sorted(list: readonly unknown[]): string {
  return JSON.stringify(list.map((item) => JSON.stringify(item)).sort());
}
