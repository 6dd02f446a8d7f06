import { describe, expect, test } from 'vitest';
import { suggestion } from '../../src/core/suggest.js';

const known = ['label', 'helpText', 'runWorkflow', 'httpRequest'];

describe('a word that is close to a known one', () => {
  test.each([
    ['lable', 'label'],
    ['helptext', 'helpText'],
    ['runWorkflows', 'runWorkflow'],
    ['httpReqest', 'httpRequest'],
  ])('%s is taken for %s', (word, meant) => {
    expect(suggestion(word, known)).toBe(meant);
  });

  test.each(['x', 'labxx', 'labels of all kinds', 'request'])('%s is none', (word) => {
    expect(suggestion(word, known)).toBeUndefined();
  });
});
