import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Most of a test is waiting for processes, so a worker more than there are cores.
    maxWorkers: Math.max(3, availableParallelism()),
    // Real processes on a shared machine: CI asks a failed test once more, a developer's machine does not.
    retry: process.env.CI ? 1 : 0,
  },
});
