import { describe, expect, test } from 'vitest';
import { companyName, tokenLines } from '../../src/token/lines.js';

const NOW = Date.parse('2025-06-15T12:00:00.000Z');

describe('the life of the tokens, for a person', () => {
  test('is told in columns', () => {
    const report = {
      accessExpiresAt: '2025-06-15T13:00:00.000Z',
      refreshExpiresAt: '2025-07-16T12:00:00.000Z',
      scope: 'customer invoice',
    };
    expect(tokenLines(report, NOW)).toEqual([
      'Access token until:   2025-06-15 13:00 UTC (in 60 minutes)',
      'Refresh token until:  2025-07-16 12:00 UTC (in 31 days)',
      'Scopes:               customer invoice',
    ]);
  });

  test.each([
    ['2025-06-15T12:01:00.000Z', 'in 1 minute'],
    ['2025-06-15T15:00:00.000Z', 'in 3 hours'],
    ['2025-06-17T12:00:00.000Z', 'in 2 days'],
    ['2025-06-15T11:30:00.000Z', '30 minutes ago'],
    ['2025-06-15T11:59:01.000Z', 'just now'],
    ['2025-06-05T12:00:00.000Z', '10 days ago'],
  ])('tells the end %s as %s', (accessExpiresAt, distance) => {
    const [line] = tokenLines({ accessExpiresAt, refreshExpiresAt: undefined, scope: '' }, NOW);
    expect(line).toContain(`(${distance})`);
  });

  test('says what is not known, and nothing of scopes that are not', () => {
    expect(
      tokenLines({ accessExpiresAt: undefined, refreshExpiresAt: undefined, scope: '' }, NOW),
    ).toEqual([
      'Access token until:   not known',
      'Refresh token until:  not known, or none is needed',
    ]);
  });
});

test.each([
  ['Bolaget AB', '7', 'Bolaget AB (tenant id 7)'],
  ['Bolaget AB', null, 'Bolaget AB'],
  [null, '7', 'the company with tenant id 7'],
  [null, null, 'a company whose tenant id is not known'],
])('a company called %j with the tenant id %j is "%s"', (company, tenantId, name) => {
  expect(companyName(company, tenantId)).toBe(name);
});
