import type { Rule } from '../rule.js';

/** Rules about files that can't be checked at all; they are found while reading. */
export const fileRules: readonly Rule[] = [
  {
    id: 'file-size',
    severity: 'error',
    why: 'A file or a folder of this size is not checked, and nothing unchecked is released.',
  },
  {
    id: 'file-unreadable',
    severity: 'error',
    why: 'What cannot be opened as a file cannot be copied to a Hub either.',
  },
  {
    id: 'file-encoding',
    severity: 'error',
    why: 'The Hub reads flows, forms and scripts as UTF-8 text.',
  },
  {
    id: 'file-outside',
    severity: 'error',
    why: 'A link that leads out of the blueprint leads nowhere once it is copied to a Hub.',
  },
  {
    id: 'file-slow',
    severity: 'error',
    why: 'A file that takes this long to read would hold up the Hub as well, and it stays unchecked.',
  },
];
