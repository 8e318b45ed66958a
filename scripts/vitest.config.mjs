import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** Ends a test that hangs. How fast something must be is said by the tests that measure it. */
const TEST_TIMEOUT_MS = 30_000

/** Unit and property tests: main's in Node, the renderer's in a DOM. End-to-end tests are Playwright's. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  // What main/build-constants.d.ts declares.
  define: { __BUILD_VARIANT__: '"development"', __TEST_RUNTIME__: 'false' },
  test: {
    env: { TZ: 'UTC' },
    projects: [
      {
        test: {
          testTimeout: TEST_TIMEOUT_MS,
          name: 'main',
          environment: 'node',
          include: [
            'test/*.test.ts',
            'test/{main,scripts,checklists,security,faults}/**/*.test.ts',
          ],
        },
      },
      {
        plugins: [react()],
        test: {
          testTimeout: TEST_TIMEOUT_MS,
          name: 'renderer',
          environment: 'jsdom',
          include: ['test/renderer/**/*.test.tsx'],
          setupFiles: ['test/renderer/setup.ts'],
        },
      },
    ],
  },
})
