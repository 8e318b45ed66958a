import { systemClock } from '../../../main/platform/clock.ts'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { createOsLocks } from '../../../main/platform/os-locks.ts'
import { Secret } from '../../../main/platform/secret.ts'
import { createPassphraseProtector } from '../../../main/vault/passphrase-protector.ts'
import { openVault } from '../../../main/vault/vault.ts'

/** Saves without end until it is killed, and says after each save which number is durable. */
const [directory = '', words = '', how = ''] = process.argv.slice(2)
if (how === 'snap') process.env.SNAP = '/snap/token-desk/1'
const protector = createPassphraseProtector(Secret.of(words), { cost: { n: 16, r: 8, p: 1 } })
const locks = createOsLocks({ directory: `${directory}-locks`, platform: process.platform })
const options = { directory, openStore: openConfStore, protector, clock: systemClock, locks }
const { vault } = await openVault(options)
const ballast = Array.from({ length: 300 }, (_, index) => ({
  id: `ballast-${index}`,
  kind: 'ballast',
  meta: 'x'.repeat(500),
}))
for (let count = Number(vault.record('counter')?.meta ?? 0) + 1; ; count += 1) {
  const secrets = { token: Secret.of(`secret ${count}`) }
  await vault.save({ put: [{ id: 'counter', kind: 'k', meta: count, secrets }, ...ballast] })
  process.stdout.write(`${count}\n`)
}
