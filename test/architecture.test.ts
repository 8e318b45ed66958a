import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The order of design: a room may import from later levels only, never from its own level's others. */
const LEVELS = [
  ['index', 'run-desk'],
  ['window', 'cli', 'ipc', 'build-rooms', 'rooms'],
  ['sharing'],
  ['workspaces'],
  ['oauth', 'slack', 'vault', 'env', 'practice', 'activity'],
  ['platform'],
  ['errors'],
  ['contract'],
]

/** Rooms that may import Electron; in platform only its `electron-*` adapters. */
const MAY_IMPORT_ELECTRON =
  /^main\/(index|run-desk|(preload|ipc|window)\/.*|platform\/electron-.*)\.ts$/

/** Where the wiring stands: it knows the rooms above it by their types. */
const WIRING = new Set(['build-rooms', 'rooms', 'run-desk'])

const root = resolve(import.meta.dirname, '..')

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name))
}

function imports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '')
}

/** `main/oauth/pkce.ts` → `oauth`, `main/errors.ts` → `errors`. */
function room(file: string): string {
  return file.split('/')[1]?.replace(/\.ts$/, '') ?? ''
}

function level(name: string): number {
  return LEVELS.findIndex((rooms) => rooms.includes(name))
}

describe('imports go one way', () => {
  const edges = sources('main').flatMap((file) =>
    imports(file)
      .filter((target) => target.startsWith('.'))
      .map((target) => ({ file, target: relative(root, resolve(root, file, '..', target)) })),
  )

  it.each(edges.filter(({ file, target }) => room(file) !== room(target)))(
    '$file → $target',
    ({ file, target }) => {
      if (room(file) === 'preload') expect(room(target)).toBe('contract')
      else if (WIRING.has(room(file))) expect(level(room(target))).toBeGreaterThanOrEqual(1)
      else if (room(file) === 'index') expect(level(room(target))).toBeLessThanOrEqual(1)
      else expect(level(room(target))).toBeGreaterThan(level(room(file)))
    },
  )

  it.each(sources('main'))('%s imports Electron only where it may', (file) => {
    if (!MAY_IMPORT_ELECTRON.test(file)) {
      expect(imports(file).filter((name) => /^electron($|\/|-store)/.test(name))).toEqual([])
    }
  })

  it.each(sources('renderer'))('%s imports only the contract from main', (file) => {
    const foreign = imports(file)
      .filter((name) => name.startsWith('.'))
      .map((name) => relative(root, resolve(root, file, '..', name)))
      .filter((name) => !name.startsWith('renderer/') && !name.startsWith('main/contract/'))
    expect(foreign).toEqual([])
  })
})

/** Libraries that only some acts need: they are read with `import()`, by what needs them. */
const LAZY = ['yaml', 'diff', 'jose', 'selfsigned', '@slack/web-api']

/** What a file takes in as it is read; types are gone by then. */
function staticImports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const taken = /^(?:import\s(?!type\b)[^'(]*?|export\s(?:\*|\{[^}]*\})\s)from\s'([^']+)'/gm
  return [...text.matchAll(taken)].map((match) => match[1] ?? '')
}

function readWith(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set([entry])
  const packages = new Set<string>()
  for (const file of files) {
    for (const target of staticImports(file)) {
      if (target.startsWith('.')) files.add(relative(root, resolve(root, file, '..', target)))
      else packages.add(target)
    }
  }
  return { files, packages }
}

describe('a start reads little', () => {
  it('opens the window before it reads the rooms', () => {
    const { files, packages } = readWith('main/index.ts')
    expect([...packages].filter((name) => !name.startsWith('node:'))).toEqual(['electron'])
    expect([...files].filter((file) => /^main\/(?!index|window|ipc|platform)/.test(file))).toEqual(
      [],
    )
  })

  it('reads no library that only some acts need', () => {
    const { files, packages } = readWith('main/run-desk.ts')
    expect(files.size).toBeGreaterThan(100)
    expect([...packages]).toEqual(expect.arrayContaining(['zod', 'electron']))
    expect(LAZY.filter((name) => packages.has(name))).toEqual([])
    expect([...files].filter((file) => /\/trust-stores|\/practice-slack/.test(file))).toEqual([])
  })
})
