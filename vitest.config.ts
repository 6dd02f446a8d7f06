import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/flows/coverage-report.ts'],
    // A limit ends what hangs; how fast a machine is decides nothing.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    // Most tests wait for a child process: two at once, even where there are only two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // What a test waits for comes when the machine gets to it; only what never comes is a failure.
    expect: { poll: { timeout: 1_800_000 } },
    pool: 'forks',
  },
});
