import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openFileLog } from '../../../main/platform/file-log.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

function createFolder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'log-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

it('appends for its owner alone, across openings, and is quiet once closed', () => {
  const path = join(createFolder(), 'logs', 'main.log')
  for (const event of ['first', 'second']) {
    const log = openFileLog({ path, clock: createFakeClock() })
    log.info(event)
    log.close()
    log.close()
    log.info('too late')
  }
  const at = '2026-11-23T12:00:00.000Z info'
  expect(readFileSync(path, 'utf8')).toBe(`${at} first\n${at} second\n`)
  expect(statSync(path).mode & 0o777).toBe(0o600)
})

it('begins anew while it runs, and keeps two files', () => {
  const path = join(createFolder(), 'main.log')
  const log = openFileLog({ path, clock: createFakeClock(), maxBytes: 100 })
  const say = (name: string) => {
    for (let times = 0; times < 2; times += 1) log.info(name.repeat(20))
  }
  for (const name of ['a', 'b', 'c', 'd', 'e']) say(name)
  log.close()
  const files = readdirSync(dirname(path)).toSorted()
  expect(files).toEqual(['main.log', 'main.log.1', 'main.log.2'])
  const texts = files.map((name) => readFileSync(join(dirname(path), name), 'utf8'))
  expect(texts[0]).toMatch(/^(.*e{20}\n)+$/)
  expect(texts[1]).toContain('d'.repeat(20))
  expect(texts[2]).toContain('c'.repeat(20))
  for (const name of files) {
    expect(statSync(join(dirname(path), name)).size).toBeLessThan(200)
    expect(statSync(join(dirname(path), name)).mode & 0o777).toBe(0o600)
  }
})

it('goes on where it cannot begin anew, and tries again', () => {
  const path = join(createFolder(), 'main.log')
  const log = openFileLog({ path, clock: createFakeClock(), maxBytes: 10 })
  mkdirSync(join(`${path}.1`, 'in the way'), { recursive: true })
  mkdirSync(join(`${path}.2`, 'in the way'), { recursive: true })
  for (const event of ['first', 'lost']) log.info(event)
  rmSync(`${path}.1`, { recursive: true })
  rmSync(`${path}.2`, { recursive: true })
  log.info('third')
  log.close()
  expect(readFileSync(path, 'utf8')).toContain('third')
  expect(readFileSync(`${path}.1`, 'utf8')).toContain('first')
})

it('begins anew once the file is large, and keeps the one before', () => {
  const path = join(createFolder(), 'main.log')
  writeFileSync(path, 'x'.repeat(1024 * 1024 + 1))
  openFileLog({ path, clock: createFakeClock() }).close()
  expect(statSync(path).size).toBe(0)
  expect(statSync(`${path}.1`).size).toBe(1024 * 1024 + 1)
})
