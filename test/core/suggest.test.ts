import { describe, expect, test } from 'vitest';
import { didYouMeanName, suggestion } from '../../src/core/suggest.js';

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

describe('a name that is typed', () => {
  const names = [
    '--token-file',
    '--client-secret-file',
    '--client-id',
    '--json',
    '--resources-dir',
  ];

  test.each([
    ['--token', ' Did you mean --token-file?'],
    ['--client-secret', ' Did you mean --client-secret-file?'],
    ['--client', ' Did you mean --client-secret-file or --client-id?'],
    ['--jsno', ' Did you mean --json?'],
  ])('%s is the beginning of one, or close to one:%s', (name, sentence) => {
    expect(didYouMeanName(name, names)).toBe(sentence);
  });

  test.each(['--', '--c', '--secret'])('%s says too little', (name) => {
    expect(didYouMeanName(name, names)).toBe('');
  });
});
