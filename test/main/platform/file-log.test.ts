import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

it('begins anew once the file is large, and keeps the one before', () => {
  const path = join(createFolder(), 'main.log')
  writeFileSync(path, 'x'.repeat(1024 * 1024 + 1))
  openFileLog({ path, clock: createFakeClock() }).close()
  expect(statSync(path).size).toBe(0)
  expect(statSync(`${path}.1`).size).toBe(1024 * 1024 + 1)
})
