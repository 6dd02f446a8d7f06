import { describe, expect, it } from 'vitest';
import { DEFAULT_SCOPES, readScopes } from '../../src/activate/scopes.js';

describe('a list of scopes', () => {
  it('by default is all known', () => {
    expect(readScopes(DEFAULT_SCOPES)).toEqual({ scopes: DEFAULT_SCOPES, unknown: [] });
  });

  it('is separated by blanks, line breaks or commas, and names each scope once', () => {
    expect(readScopes(' customer,invoice\n order  customer ').scopes).toBe(
      'customer invoice order',
    );
  });

  it('is empty where there is nothing in it', () => {
    expect(readScopes(' , ')).toEqual({ scopes: '', unknown: [] });
  });

  it.each([
    ['invoices', 'invoice'],
    ['Customer', 'customer'],
    ['cost-center', 'costcenter'],
    ['companyinfo', null],
    ['bookeeping', 'bookkeeping'],
    ['x', null],
    ['warehouse', null],
  ])('with the unknown %s keeps it and suggests %s', (name, suggestion) => {
    expect(readScopes(`customer ${name}`)).toEqual({
      scopes: `customer ${name}`,
      unknown: [{ name, suggestion }],
    });
  });

  it('is read quickly where a name is very long', () => {
    const name = 'i'.repeat(100_000);
    expect(readScopes(name).unknown[0]?.suggestion).toBeNull();
  });
});
