import { counted } from '../../core/text.js';
import type { ValidationReport } from '../rule.js';

/** @returns what is told of findings that don't count; nothing where all do */
export function quietLines({ quiet, entries }: ValidationReport): string[] {
  const { inPlace = 0, inBaseline = 0 } = quiet ?? {};
  const parts = [
    ...(inBaseline > 0 && !entries ? [`${counted(inBaseline, 'finding')} in the baseline`] : []),
    ...(inPlace > 0 ? [`${counted(inPlace, 'finding')} silenced by a comment`] : []),
  ];
  return parts.length > 0 ? [`Not counted: ${parts.join(', ')}.`] : [];
}
