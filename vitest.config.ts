import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/flows/coverage-report.ts'],
    testTimeout: 20_000,
    pool: 'forks',
  },
});
