import { defineConfig } from 'playwright/test'

/**
 * End-to-end tests: real Electron, real keyring, real browser. One worker, since they share the machine's
 * ports, clipboard and display; no retries, since a test that passes on the second try found something.
 */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.e2e.ts',
  outputDir: '../../test-results/e2e',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '../../out/test/e2e.json' }]],
})
