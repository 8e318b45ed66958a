import { join } from 'node:path'
import { ROOT } from './lib/paths.mjs'
import { variantOf } from './lib/variant.mjs'

/**
 * Programs that run in Node, each one file `out/NAME/NAME.js`: Node 20 cannot run TypeScript.
 * @param {string} name
 * @param {string} entry below the checkout
 * @param {Readonly<Record<string, string>>} [instead] packages, and the files below the checkout that take
 *   their place
 * @returns {import('vite').InlineConfig}
 */
export function nodeProgramConfig(name, entry, instead = {}) {
  return {
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    define: { __BUILD_VARIANT__: JSON.stringify(variantOf()), __TEST_RUNTIME__: 'false' },
    publicDir: false,
    resolve: {
      alias: Object.fromEntries(
        Object.entries(instead).map(([from, file]) => [from, join(ROOT, file)]),
      ),
    },
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
