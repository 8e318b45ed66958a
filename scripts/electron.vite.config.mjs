import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { licensesPlugin } from './lib/licenses-plugin.mjs'
import { ROOT } from './lib/paths.mjs'
import { outFolder, variantOf } from './lib/variant.mjs'

const variant = variantOf()
const out = outFolder(variant)

/** What main/build-constants.d.ts declares. */
const define = {
  __BUILD_VARIANT__: JSON.stringify(variant),
  __TEST_RUNTIME__: JSON.stringify(process.env.TOKEN_DESK_TEST_RUNTIME === '1'),
}

/** The oldest runtime that is supported: Electron 33. */
const OLDEST = { node: 'node20.18', chrome: 'chrome130' }

/** A library build keeps blanks in ES modules unless its output is told otherwise. */
const minify = true

/** What ships carries the licences of what is bundled in it. */
const licenses = variant === 'development' ? [] : [licensesPlugin()]

/**
 * What the rooms share with what they load lazily is one file: a start reads few. Without what the
 * entry needs to open its window, which would wait for all of it.
 */
const shared = {
  name: 'shared',
  minShareCount: 2,
  test: /\/node_modules\/zod\/|\/main\/(?!index|ipc\/|window\/|platform\/electron-)/,
}

/** Whatever a store without a schema never runs. */
const withoutSchemas = ['ajv/dist/2020.js', 'ajv-formats'].map((find) => ({
  find,
  replacement: join(ROOT, 'scripts/lib/no-schemas.mjs'),
}))

/** Dependencies go into the bundle: the package has no node_modules, and a start reads few files. */
const bundled = { externalizeDeps: false, minify, sourcemap: false, reportCompressedSize: false }

/**
 * Main is one ES module plus what it imports lazily, in the same folder; the sandboxed preload must be
 * one CommonJS file (Electron, "ES Modules", preload scripts); the page loads nothing inline, since its
 * content security policy forbids that.
 */
export default defineConfig({
  main: {
    plugins: licenses,
    define,
    resolve: { alias: withoutSchemas },
    build: {
      ...bundled,
      target: OLDEST.node,
      outDir: join(out, 'main'),
      lib: { entry: join(ROOT, 'main/index.ts'), formats: ['es'] },
      rolldownOptions: {
        output: {
          minify,
          entryFileNames: 'index.js',
          chunkFileNames: '[name]-[hash].js',
          codeSplitting: { groups: [shared] },
        },
      },
    },
  },
  preload: {
    define,
    build: {
      ...bundled,
      target: OLDEST.node,
      outDir: join(out, 'preload'),
      lib: { entry: join(ROOT, 'main/preload/index.ts'), formats: ['cjs'] },
      rolldownOptions: { output: { minify, entryFileNames: 'index.cjs' } },
    },
  },
  renderer: {
    root: join(ROOT, 'renderer'),
    plugins: [react(), ...licenses],
    define,
    build: {
      minify,
      sourcemap: false,
      reportCompressedSize: false,
      target: OLDEST.chrome,
      outDir: join(out, 'renderer'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: join(ROOT, 'renderer/index.html') },
    },
  },
})
