import { defineConfig } from 'vitest/config';

/** The tests with the real client; run.sh runs them. Each is a session of several minutes, so they run one at a time. */
export default defineConfig({
  test: {
    include: ['test/claude/scenarios/*.scenario.ts'],
    testTimeout: 300_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
