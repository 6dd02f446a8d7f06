import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/flows/coverage-report.ts'],
    testTimeout: 40_000,
    pool: 'forks',
  },
});
