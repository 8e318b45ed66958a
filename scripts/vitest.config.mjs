import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

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
          name: 'renderer',
          environment: 'jsdom',
          include: ['test/renderer/**/*.test.tsx'],
          setupFiles: ['test/renderer/setup.ts'],
        },
      },
    ],
  },
})
