import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { build } from 'vite'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { entryOf, lineOf } from '../../../main/activity/entry-line.ts'
import { MAX_ENTRIES } from '../../../main/activity/open-activity.ts'
import { createFolder, details, open } from './activity-fixture.ts'
import { folderLocks } from './folder-locks.ts'

const outDir = mkdtempSync(join(tmpdir(), 'activity-child-'))

/** Plain Node runs no TypeScript, so the child is built first. */
beforeAll(async () => {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: new URL('activity-child.ts', import.meta.url).pathname,
      outDir,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  })
}, 60_000)

afterAll(() => rmSync(outDir, { recursive: true, force: true }))

type Child = ChildProcessByStdio<Writable, Readable, null>

/** A process that waits for a word before it notes `count` entries. */
async function start(path: string, count: number, name: string): Promise<Child> {
  const args = [join(outDir, 'child.mjs'), path, String(count), name]
  const child: Child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill())
  await once(child.stdout, 'data')
  return child
}

const numbered = (name: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${name} ${at}`)

const byNumber = (a: string | null, b: string | null) =>
  Number(a?.split(' ')[1]) - Number(b?.split(' ')[1])

it('three processes note as fast as they can while they shorten it in turn: nothing is lost, torn or twice', async () => {
  const path = join(createFolder(), 'activity.jsonl')
  const told = { atMs: 0, by: 'window' } as const
  const old = numbered('old', 5900).map((detail) =>
    lineOf(entryOf({ what: 'checked', detail }, told)),
  )
  writeFileSync(path, `${old.join('\n')}\n`)
  const count = 700
  const children = await Promise.all(['x', 'y'].map((name) => start(path, count, name)))
  const window = open(path, { locks: folderLocks(path) })
  window.list()
  let running = children.length
  for (const child of children) {
    child.on('exit', () => {
      running -= 1
    })
    child.stdin.write('go\n')
  }
  let mine = 0
  while (running > 0) {
    window.record({ what: 'locked', detail: `z ${mine}` })
    mine += 1
    await new Promise((resolve) => setImmediate(resolve))
  }
  // At the moment of the change one may come to stand behind its followers; times put it right.
  const found = details(open(path).list()).toSorted(byNumber)
  const of = (name: string) => found.filter((detail) => detail?.startsWith(`${name} `))
  expect(of('x')).toEqual(numbered('x', count))
  expect(of('y')).toEqual(numbered('y', count))
  expect(of('z')).toEqual(numbered('z', mine).slice(-MAX_ENTRIES))
  expect(found).toHaveLength(MAX_ENTRIES)
  // It was shortened at least once meanwhile.
  const lineCount = readFileSync(path, 'utf8').trim().split('\n').length
  expect(lineCount).toBeLessThan(old.length + mine + 2 * count)
  // Whoever finds another one shortening lets it.
  expect(window.logged.filter((event) => event !== 'activity not shortened')).toEqual([])
  expect(details(window.list()).toSorted(byNumber)).toEqual(found)
}, 60_000)
