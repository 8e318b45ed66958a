import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Bundles hold other people's code, whose licences ask for their text to go along. */
const FILE = 'licenses.md'

/**
 * Writes `licenses.md` beside a bundle: each package that is in it, with the text of its licence.
 * (Vite's own `build.license` says nothing about bundles for Node.)
 * @returns {import('vite').Plugin}
 */
export function licensesPlugin() {
  return {
    name: 'token-desk:licenses',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((part) =>
        part.type === 'chunk' ? part.moduleIds : [],
      )
      this.emitFile({ type: 'asset', fileName: FILE, source: licensesOf(modules) })
    },
  }
}

/**
 * @param {readonly string[]} modules paths of files
 * @returns {string} Markdown, by name of the package
 */
export function licensesOf(modules) {
  const folders = new Set(modules.map(packageFolder).filter((folder) => folder !== null))
  const sections = [...folders].map(describe).sort()
  return ['# Licences of the software in Token Desk', ...sections].join('\n\n')
}

/**
 * The folder of the npm package that a module belongs to.
 * @param {string} id as the bundler names it, possibly with a query or a virtual prefix
 * @returns {string | null} null for the project's own modules
 */
export function packageFolder(id) {
  const path = id.replace(/^\0/, '').replace(/\?.*$/, '').replaceAll('\\', '/')
  return /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? null
}

/** @param {string} folder */
function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return `## ${name} ${version} (${license ?? 'see its text'})\n\n${licenseText(folder)}`
}

/** @param {string} folder */
function licenseText(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name))
  if (file === undefined) return 'The package carries no text of its licence.'
  return readFileSync(join(folder, file), 'utf8').trim()
}
