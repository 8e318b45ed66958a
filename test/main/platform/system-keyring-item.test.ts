import { describe, expect, it } from 'vitest'
import type { ProgramResult } from '../../../main/platform/run-program.ts'
import { createRemoveKeyringItem } from '../../../main/platform/system-keyring-item.ts'

const APP = 'Token Desk for Slack'
const ITEM = '/org/freedesktop/secrets/collection/login/2'

const ended = (code: number, stdout = ''): ProgramResult => ({
  ...{ kind: 'ended', code, stdout, stderr: '' },
})
const MISSING: ProgramResult = { kind: 'missing' }

function createRemover(
  platform: NodeJS.Platform,
  answer: (line: string) => ProgramResult,
  isNeededElsewhere = false,
) {
  const lines: string[] = []
  const remove = createRemoveKeyringItem({
    ...{ platform, appName: APP, isNeededElsewhere: () => isNeededElsewhere },
    async run(file, args) {
      const line = [file, ...args].join(' ')
      lines.push(line)
      return answer(line)
    },
  })
  return { lines, remove }
}

/** A Secret Service that one of the programs reaches; the item goes when it is told to, unless it is locked. */
function createService(
  program: string,
  answers: { found: string; none: string },
  isLocked = false,
) {
  let isThere = true
  return (line: string) => {
    if (line.includes('kwalletd')) return ended(1)
    if (!line.startsWith(program)) return MISSING
    if (line.includes('SearchItems')) return ended(0, isThere ? answers.found : answers.none)
    if (!line.includes(ITEM) || !line.includes('Delete')) return ended(1)
    isThere = isLocked
    return ended(0, isLocked ? `(objectpath '/prompt/1',)` : `(objectpath '/',)`)
  }
}

/** As each of them was seen to answer gnome-keyring. */
const ANSWERS = {
  gdbus: { found: `([objectpath '${ITEM}'], @ao [])\n`, none: '(@ao [], @ao [])\n' },
  busctl: {
    found: `{"type":"aoao","data":[["${ITEM}"],[]]}\n`,
    none: '{"type":"aoao","data":[[],[]]}\n',
  },
  'dbus-send': {
    found: `method return time=1.5 sender=:1.2 -> destination=:1.9\n   array [\n      object path "${ITEM}"\n   ]\n   array [\n   ]\n`,
    none: 'method return time=1.5 sender=:1.2 -> destination=:1.9\n   array [\n   ]\n   array [\n   ]\n',
  },
} as const

describe('on Linux', () => {
  it.each(['gdbus', 'busctl', 'dbus-send'] as const)(
    'removes the item with %s',
    async (program) => {
      const { remove, lines } = createRemover('linux', createService(program, ANSWERS[program]))
      expect(await remove()).toBe(true)
      expect(lines.filter((line) => line.includes('Delete'))).toHaveLength(1)
      expect(lines.find((line) => line.includes('SearchItems'))).toContain(APP)
    },
  )

  it('removes nothing where there is none', async () => {
    const { none } = ANSWERS.gdbus
    const { remove, lines } = createRemover('linux', createService('gdbus', { found: none, none }))
    expect(await remove()).toBe(true)
    expect(lines.filter((line) => line.includes('Delete'))).toEqual([])
  })

  it('says so where the keyring is locked and asks the user', async () => {
    const { remove } = createRemover('linux', createService('gdbus', ANSWERS.gdbus, true))
    expect(await remove()).toBe(false)
  })

  it('says so where no program can ask', async () => {
    expect(await createRemover('linux', () => MISSING).remove()).toBe(false)
    expect(await createRemover('linux', () => ended(1)).remove()).toBe(false)
    expect(await createRemover('linux', () => ({ kind: 'stopped' })).remove()).toBe(false)
  })

  it('says so where the entry is in KWallet, which it cannot open', async () => {
    const { none } = ANSWERS.gdbus
    const service = createService('gdbus', { found: none, none })
    const wallet = (line: string) =>
      line.includes('kwalletd6') ? ended(0, '(false,)\n') : service(line)
    const { remove, lines } = createRemover('linux', wallet)
    expect(await remove()).toBe(false)
    expect(lines.at(-1)).toContain(`keyDoesNotExist kdewallet ${APP} Keys ${APP} Safe Storage`)
  })
})

describe('elsewhere', () => {
  it.each([
    { code: 0, is: true },
    { code: 44, is: true },
    { code: 51, is: false },
  ])('takes it out of the keychain of macOS: $code', async ({ code, is }) => {
    const { remove, lines } = createRemover('darwin', () => ended(code))
    expect(await remove()).toBe(is)
    expect(lines).toEqual([
      `/usr/bin/security delete-generic-password -s ${APP} Safe Storage -a ${APP}`,
    ])
  })

  it('says so where macOS does not answer', async () => {
    expect(await createRemover('darwin', () => ({ kind: 'stopped' })).remove()).toBe(false)
  })

  it('has nothing to do on Windows, where the key is in the data folder', async () => {
    const { remove, lines } = createRemover('win32', () => MISSING, true)
    expect(await remove()).toBe(true)
    expect(lines).toEqual([])
  })

  it('leaves an item that protects the vault of another data folder', async () => {
    for (const platform of ['linux', 'darwin'] as const) {
      const { remove, lines } = createRemover(platform, () => ended(0), true)
      expect(await remove()).toBe(false)
      expect(lines).toEqual([])
    }
  })
})
