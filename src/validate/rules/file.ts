import { rulesOf } from '../rule.js';

/** Rules about files that can't be checked at all; they are found while reading. */
export const fileRules = rulesOf({
  'file-size': {
    error: 'A file or a folder of this size is not checked, and nothing unchecked is released.',
  },
  'file-unreadable': {
    error: 'What cannot be opened as a file cannot be copied to a Hub either.',
  },
  'file-encoding': {
    error: 'The Hub reads flows, forms and scripts as UTF-8 text.',
  },
  'file-outside': {
    error: 'A link that leads out of the blueprint leads nowhere once it is copied to a Hub.',
  },
  'file-slow': {
    error:
      'A file that takes this much to read, or that ends Node, would hold up the Hub as well, and it stays unchecked.',
  },
});
