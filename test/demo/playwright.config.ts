import { defineConfig } from 'playwright/test'

/** `npm run demo`: no test, but the main job walked through once in each theme, with pictures. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.demo.ts',
  outputDir: '../../test-results/demo',
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
})
