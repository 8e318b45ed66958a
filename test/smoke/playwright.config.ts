import { defineConfig } from 'playwright/test'

/**
 * Tests of the packaged, fused app, driven from outside over the remote debugging port, which only the
 * `smoke` variant keeps. `npm run package:smoke` makes the packages and names them in
 * TOKEN_DESK_SMOKE_APP and TOKEN_DESK_PRODUCT.
 */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.smoke.ts',
  outputDir: '../../test-results/smoke',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '../../out/test/smoke.json' }]],
})
