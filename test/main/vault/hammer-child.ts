import { systemClock } from '../../../main/platform/clock.ts'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { createOsLocks } from '../../../main/platform/os-locks.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { createPassphraseProtector } from '../../../main/vault/passphrase-protector.ts'
import { openVault } from '../../../main/vault/vault.ts'

/** Counts up in a record of its own and in one that all share, so many times or until it is killed. */
const [directory = '', words = '', name = '', times = ''] = process.argv.slice(2)
const protector = createPassphraseProtector(Secret.of(words), { cost: { n: 16, r: 8, p: 1 } })
const locks = createOsLocks({ directory: `${directory}-locks`, platform: process.platform })
const place = { directory, openStore: openConfStore, clock: systemClock, locks }
const { vault } = await openVault({ ...place, protector })
const next = (id: string) => {
  const meta = Number(vault.record(id)?.meta ?? 0) + 1
  return { id, kind: 'counter', meta, secrets: { token: Secret.of(`${id} ${meta}`) } }
}
process.stdout.write('ready\n')
await new Promise((resolve) => process.stdin.once('data', resolve))
process.stdin.destroy()
for (let count = 0; count < Number(times); count += 1) {
  await vault.save(() => ({ put: [next('shared'), next(name)] }))
  process.stdout.write(`${vault.record(name)?.meta}\n`)
  // Lets the timers run, as every real program does between two changes.
  await new Promise((resolve) => setImmediate(resolve))
}
vault.close()
