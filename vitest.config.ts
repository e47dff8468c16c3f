import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/helpers/one-bundle.ts',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Most of a test is waiting for processes, so a worker more than there are cores.
    maxWorkers: Math.max(3, availableParallelism()),
  },
});
