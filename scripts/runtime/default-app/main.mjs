/**
 * What `electron PATH` runs in the replacement runtime, which has no default app of its own.
 * The app's entry is awaited at top level: Electron holds back `ready` until this module is evaluated,
 * so the app still comes in time for what must happen before it.
 */

import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app } from 'electron'

/** Electron's own default app uses these two; its types leave them out. */
const identity =
  /** @type {{ setVersion(version: string): void, setAppPath(path: string): void }} */ (
    /** @type {unknown} */ (app)
  )

const { path, required } = readArguments(process.argv.slice(1))

if (path === null && process.argv.some((arg) => arg === '--version' || arg === '-v')) {
  process.stdout.write(`v${process.versions.electron}\n`)
  app.exit(0)
} else if (path === null) {
  process.stderr.write('Name the folder of an app: electron PATH\n')
  app.exit(1)
} else {
  // As Electron's own default app does; an app that registers itself as a link handler reads it.
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
  const entry = adopt(resolve(path))
  const require = createRequire(entry)
  for (const file of required) require(resolve(file))
  await import(pathToFileURL(entry).href)
}

/**
 * The first argument that is no flag is the app; `-r FILE` loads a script before it.
 * @param {string[]} args
 */
function readArguments(args) {
  /** @type {string[]} */
  const required = []
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? ''
    if (arg === '--') break
    if (arg === '-r' || arg === '--require') {
      index += 1
      required.push(args[index] ?? '')
    } else if (!arg.startsWith('-')) return { path: arg, required }
  }
  return { path: null, required }
}

/**
 * Gives the process the app's identity, from its package.json, and answers its entry file.
 * @param {string} target a folder with a package.json, or a script
 */
function adopt(target) {
  const folder = statSync(target).isDirectory() ? target : dirname(target)
  const manifest = folder === target ? readManifest(folder) : {}
  if (manifest.productName ?? manifest.name) app.setName(manifest.productName ?? manifest.name)
  if (manifest.version) identity.setVersion(manifest.version)
  identity.setAppPath(folder)
  app.setPath('userData', join(app.getPath('appData'), app.getName()))
  return folder === target
    ? createRequire(join(folder, '/')).resolve(entryOf(folder, manifest))
    : target
}

/** @param {string} folder */
function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/**
 * @param {string} folder
 * @param {{ main?: string }} manifest
 */
function entryOf(folder, manifest) {
  return join(folder, manifest.main ?? 'index.js')
}
