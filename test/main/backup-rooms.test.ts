import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { answerConsent, filesIn, openPlace, startApp } from './rooms-fixture.ts'

const WORDS = 'four unrelated words'
const CHEAP = { passphraseCost: { n: 16, r: 8, p: 1 } }

it('carries an authorized workspace to another computer, secrets and all', async () => {
  const [one, two] = [await openPlace(), await openPlace()]
  const first = await startApp(one, CHEAP)
  await first.handlers['practice/try']()
  await answerConsent(one, first.opened.at(-1) ?? '')
  await expect.poll(() => first.sources.installations()[0]?.lastCheckedAtMs).toBeTypeOf('number')
  const path = join(one.home, 'a.tokendesk-backup')
  first.chosen.path = path
  expect(await first.handlers['backup/create'](WORDS)).toEqual({
    displayPath: '~/a.tokendesk-backup',
    ...{ installationCount: 1, slackAppCount: 1, configurationTokenCount: 0 },
  })

  const second = await startApp(two, CHEAP)
  second.chosen.path = path
  const file = await second.handlers['backup/choose-file']()
  const { backupId, rows } = await second.handlers['backup/open'](file?.backupId ?? '', WORDS)
  expect(rows.map(({ of, action }) => [of, action])).toEqual([
    ['installation', 'new'],
    ['slack-app', 'new'],
  ])
  await second.handlers['backup/restore'](backupId, { intoNewVault: false })
  expect(second.sources.installations()).toEqual(first.sources.installations())
  expect(second.sources.slackApps()).toEqual(first.sources.slackApps())
  const [installation] = first.sources.installations()
  const ref = {
    ...{ of: 'credential' as const, installationId: installation?.id ?? '', credentialId: 'bot' },
  }
  const { value } = await first.handlers['sharing/reveal'](ref)
  expect(await second.handlers['sharing/reveal'](ref)).toMatchObject({ value })

  // Neither the file nor anything that the second app wrote or said holds a secret in the clear.
  const texts = [
    readFileSync(path, 'latin1'),
    ...filesIn(two.dataFolder).map(({ text }) => text),
    ...two.watch.page,
    ...two.watch.logged,
  ]
  expect(one.watch.secrets.has(value)).toBe(true)
  for (const secret of [...one.watch.secrets, WORDS]) {
    expect(texts.filter((text) => text.includes(secret)).length).toBe(0)
  }
})

it('forgets an opened backup with every lock', async () => {
  const place = await openPlace()
  const app = await startApp(place, CHEAP)
  app.chosen.path = join(place.home, 'a.tokendesk-backup')
  await app.handlers['backup/create'](WORDS)
  const file = await app.handlers['backup/choose-file']()
  const { backupId } = await app.handlers['backup/open'](file?.backupId ?? '', WORDS)
  await app.handlers['vault/lock']()
  await app.handlers['vault/unlock'](null)
  await expect(
    app.handlers['backup/restore'](backupId, { intoNewVault: false }),
  ).rejects.toMatchObject({ code: 'BACKUP_GONE' })
})

it('deletes everything here, and then does nothing any more', async () => {
  const place = await openPlace()
  const app = await startApp(place, CHEAP)
  await app.handlers['practice/try']()
  await answerConsent(place, app.opened.at(-1) ?? '')
  await expect.poll(() => app.sources.installations()[0]?.lastCheckedAtMs).toBeTypeOf('number')
  const envFile = join(place.home, '.env')
  writeFileSync(envFile, 'A=1\n')
  mkdirSync(join(place.dataFolder, 'mine'))
  await app.host.close()
  // Without certutil nobody can have trusted the certificate.
  expect(await app.handlers['vault/delete-everything']()).toEqual([
    { what: 'files', path: join(place.dataFolder, 'mine') },
  ])
  expect(filesIn(place.dataFolder)).toEqual([])
  expect(readFileSync(envFile, 'utf8')).toBe('A=1\n')
  const calls = Object.entries(app.handlers).filter(([name]) => !name.startsWith('desk/'))
  expect(calls.length).toBeGreaterThan(70)
  for (const [name, call] of calls) {
    await expect((call as () => Promise<unknown>)(), name).rejects.toMatchObject({
      code: 'VAULT_LOCKED',
      message: 'Everything was deleted',
      remedy: 'quit',
    })
  }
  app.desk.snapshot()
  await app.close()
  expect(filesIn(place.dataFolder)).toEqual([])
  expect(existsSync(join(place.dataFolder, 'vault.json'))).toBe(false)
})
