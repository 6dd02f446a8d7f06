import type { Change, ChangeKind } from './change.js';
import { countsOf } from './table.js';

/** A part of a blueprint that can be left out. */
type Part = 'resources' | 'settings' | 'config';

const PARTS: Readonly<Record<Part, readonly ChangeKind[]>> = {
  settings: ['setting'],
  resources: ['resource'],
  config: ['form', 'workflow'],
};

/**
 * Says of a Hub on which nothing differs how much of it was looked at: only what was seen is called installed.
 *
 * @param changes of which none is a difference
 */
export function verdictLines(changes: readonly Change[]): string[] {
  const unknown = changes.filter(({ action }) => action === 'unknown');
  const seen = changes.filter(({ action }) => action !== 'unknown');
  const skipped = (Object.keys(PARTS) as Part[]).filter(
    (part) => !changes.some(({ kind }) => PARTS[part].includes(kind)),
  );
  if (unknown.length === 0 && skipped.length === 0) {
    return ['Installed as shipped.'];
  }
  const parts = [
    ...(unknown.length > 0 ? [`not known: ${countsOf(unknown)}`] : []),
    ...(skipped.length > 0 ? [`left out: ${skipped.join(', ')}`] : []),
  ];
  const begin =
    seen.length > 0
      ? `What was looked at is as shipped: ${countsOf(seen)}`
      : 'Nothing was looked at';
  return [
    `${begin}; ${parts.join('; ')}.`,
    ...(unknown.length > 0 ? ['? marks what this Hub does not show.'] : []),
  ];
}
