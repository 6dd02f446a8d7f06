import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/flows/coverage-report.ts'],
    testTimeout: 40_000,
    // What a test waits for comes when the machine gets to it; only what never comes is a failure.
    expect: { poll: { timeout: 20_000 } },
    pool: 'forks',
  },
});
