import { join } from 'node:path'
import { ROOT } from './lib/paths.mjs'
import { variantOf } from './lib/variant.mjs'

/**
 * Programs that run in Node, each one file `out/NAME/NAME.js`: Node 20 cannot run TypeScript.
 * @param {string} name
 * @param {string} entry below the checkout
 * @returns {import('vite').InlineConfig}
 */
export function nodeProgramConfig(name, entry) {
  return {
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    define: { __BUILD_VARIANT__: JSON.stringify(variantOf()), __TEST_RUNTIME__: 'false' },
    publicDir: false,
    ssr: { noExternal: true, external: ['electron'], target: 'node' },
    build: {
      ssr: join(ROOT, entry),
      target: 'node20.18',
      minify: false,
      outDir: join(ROOT, 'out', name),
      emptyOutDir: true,
      rolldownOptions: {
        output: { format: 'es', entryFileNames: `${name}.js`, codeSplitting: false },
      },
    },
  }
}
