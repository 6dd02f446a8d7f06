import { describe, expect, test } from 'vitest';
import { DEFAULT_SCOPES, readScopes } from '../../src/activate/scopes.js';

describe('a list of scopes', () => {
  test('by default holds documented ones alone', () => {
    expect(readScopes(DEFAULT_SCOPES)).toEqual({ scopes: DEFAULT_SCOPES, undocumented: [] });
  });

  test('is separated by spaces, line breaks or commas, and names each scope once', () => {
    expect(readScopes(' customer,invoice\n order  customer ').scopes).toBe(
      'customer invoice order',
    );
  });

  test('is empty where there is nothing in it', () => {
    expect(readScopes(' , ')).toEqual({ scopes: '', undocumented: [] });
  });

  test.each([
    ['invoices', 'invoice'],
    ['Customer', 'customer'],
    ['cost-center', 'costcenter'],
    ['companyinfo', undefined],
    ['bookeeping', 'bookkeeping'],
    ['x', undefined],
    ['warehouse', undefined],
  ])('with the undocumented %s keeps it and suggests %s', (name, suggestion) => {
    expect(readScopes(`customer ${name}`)).toEqual({
      scopes: `customer ${name}`,
      undocumented: [{ name, suggestion }],
    });
  });

  test('is read quickly where a name is very long', () => {
    const name = 'i'.repeat(100_000);
    expect(readScopes(name).undocumented[0]?.suggestion).toBeUndefined();
  });
});
