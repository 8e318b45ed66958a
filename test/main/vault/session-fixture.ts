import { onTestFinished } from 'vitest'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { Secret } from '../../../main/platform/secret.ts'
import type { ScryptCost } from '../../../main/vault/passphrase-protector.ts'
import { createVaultSession } from '../../../main/vault/vault-session.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { createBox, fakeToken, recordWith, type VaultBox } from './vault-fixture.ts'

export const TOKEN = fakeToken('session')
const CHEAP: ScryptCost = { n: 2 ** 4, r: 8, p: 1 }

/** A started session over this box; closed after the test. `cost` null is the real one. */
export async function sessionIn(box: VaultBox, cost: ScryptCost | null = CHEAP) {
  const clock = createFakeClock()
  const views: (typeof session)['view'][] = []
  const session = createVaultSession({
    ...{ directory: box.directory, keyring: box.keyring, openStore: openConfStore, clock },
    log: silentLog,
    locks: box.locks,
    ...(cost === null ? {} : { passphraseCost: cost }),
    onChange: () => views.push(session.view),
  })
  onTestFinished(() => session.close())
  await session.start()
  return {
    ...{ session, clock, views },
    secret: () => session.vault().secret('one', 'token').expose(),
  }
}

/** The box of a vault that keeps TOKEN in two generations; its session is closed. */
export async function boxWith(protection: 'keyring' | { readonly passphrase: string }) {
  const box = createBox()
  box.keyring.available = protection === 'keyring'
  const { session } = await sessionIn(box)
  if (protection !== 'keyring') {
    await session.choosePassphrase(Secret.of(protection.passphrase))
  }
  await session.vault().save({ put: [recordWith('one', TOKEN)] })
  await session.vault().save({ put: [recordWith('two', fakeToken('two'))] })
  session.close()
  box.keyring.available = true
  return box
}

/** Counts what is asked of the box's keyring from now on. */
export function countCalls({ keyring }: VaultBox): () => number {
  let count = 0
  const { isAvailable, encrypt, decrypt } = keyring
  keyring.isAvailable = () => {
    count += 1
    return isAvailable.call(keyring)
  }
  keyring.encrypt = (plain) => {
    count += 1
    return encrypt.call(keyring, plain)
  }
  keyring.decrypt = (sealed) => {
    count += 1
    return decrypt.call(keyring, sealed)
  }
  return () => count
}
