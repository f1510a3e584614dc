import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/skipped.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // Two cores: workerd, Chromium and child processes of the tests want room of their own.
    maxWorkers: 2,
  },
});
