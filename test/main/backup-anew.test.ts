import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { answerConsent, openPlace, startApp } from './rooms-fixture.ts'

const WORDS = 'four unrelated words'
const CHEAP = { passphraseCost: { n: 16, r: 8, p: 1 } }

/** A workspace, a backup of it, and a vault that does not open any more. */
async function loseVault(how: 'another keyring' | 'no keyring') {
  const place = await openPlace()
  const app = await startApp(place, CHEAP)
  await app.handlers['practice/try']()
  await answerConsent(place, app.opened.at(-1) ?? '')
  await expect.poll(() => app.sources.installations()[0]?.lastCheckedAtMs).toBeTypeOf('number')
  const had = app.sources.installations()
  const path = join(place.home, 'a.tokendesk-backup')
  app.chosen.path = path
  await app.handlers['backup/create'](WORDS)
  await app.close()
  if (how === 'no keyring') place.keyring.available = false
  else place.keyring.loseKey('refuse')
  return { place, path, had }
}

it.each(['another keyring', 'no keyring'] as const)(
  'restores into a new vault where the old one cannot be opened: %s',
  async (how) => {
    const { place, path, had } = await loseVault(how)
    const app = await startApp(place, CHEAP)
    expect(app.vault.view.state).toBe('blocked')
    const old = readFileSync(join(place.dataFolder, 'vault.json'), 'hex')
    app.chosen.path = path
    const file = await app.handlers['backup/choose-file']()
    const opened = await app.handlers['backup/open'](file?.backupId ?? '', WORDS)
    expect(opened).toMatchObject({ needsNewVault: true, rows: [{ action: 'new' }, {}] })
    expect(readFileSync(join(place.dataFolder, 'vault.json'), 'hex')).toBe(old)
    expect(
      await app.handlers['backup/restore'](opened.backupId, { intoNewVault: true }),
    ).toMatchObject({ added: 2 })
    const protection = how === 'no keyring' ? 'passphrase' : 'keyring'
    expect(app.vault.view).toMatchObject({ state: 'ready', protection })
    expect(app.sources.installations()).toEqual(had)
    const aside = readdirSync(place.dataFolder).find((name) => /^vault\.set-aside/.test(name))
    expect(readFileSync(join(place.dataFolder, aside ?? ''), 'hex')).toBe(old)
    await app.close()

    const again = await startApp(place, CHEAP)
    if (how === 'no keyring') await again.handlers['vault/unlock'](WORDS)
    expect(again.sources.installations()).toEqual(had)
  },
)
