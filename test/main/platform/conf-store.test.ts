import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { StoreDamaged } from '../../../main/platform/errors.ts'

function createPlace() {
  const directory = mkdtempSync(join(tmpdir(), 'store-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return { directory, name: 'some.thing', path: join(directory, 'some.thing.json') }
}

describe('a store', () => {
  it('is made by its first write', () => {
    const place = createPlace()
    const store = openConfStore(place)
    expect(store.read()).toBeUndefined()
    expect(existsSync(place.path)).toBe(false)
    store.write({ a: 1 })
    expect(store.path).toBe(place.path)
    expect(store.read()).toEqual({ a: 1 })
    expect(readFileSync(place.path, 'utf8')).toBe('{"a":1}')
    expect(statSync(place.path).mode & 0o777).toBe(0o600)
  })

  it.each([
    { name: 'keys with dots', document: { 'a.b': { 'c.d': 1 } } },
    {
      name: 'conf’s own names',
      document: { __internal__: { migrations: 1 }, document: 2, toJSON: 3 },
    },
    {
      name: 'the prototype’s names',
      document: JSON.parse('{"__proto__":{"a":1},"constructor":2}'),
    },
    { name: 'a list', document: [1, [2], {}] },
    { name: 'nothing', document: null },
  ])('keeps any JSON whole: $name', ({ document }) => {
    const place = createPlace()
    openConfStore(place).write({ before: true })
    openConfStore(place).write(document)
    expect(JSON.stringify(openConfStore(place).read())).toBe(JSON.stringify(document))
  })

  it.each(['', '{', 'nonsense secret text', '\0\0'])(
    'throws for a damaged file and leaves it: %j',
    (text) => {
      const place = createPlace()
      writeFileSync(place.path, text)
      let thrown: unknown
      try {
        openConfStore(place)
      } catch (failure) {
        thrown = failure
      }
      expect(thrown).toBeInstanceOf(StoreDamaged)
      expect(`${(thrown as Error).stack}${(thrown as Error).cause}`).not.toContain('secret text')
      expect(readFileSync(place.path, 'utf8')).toBe(text)
    },
  )

  it('passes the system’s failure on', () => {
    const place = createPlace()
    mkdirSync(place.path)
    expect(() => openConfStore(place)).toThrow(expect.objectContaining({ code: 'EISDIR' }))
  })

  it('narrows the mode of a file that was open to others', () => {
    const place = createPlace()
    writeFileSync(place.path, '{}', { mode: 0o644 })
    openConfStore(place).write({})
    expect(statSync(place.path).mode & 0o777).toBe(0o600)
  })
})
