import { queryObjects } from 'node:v8'
import { expect, it } from 'vitest'
import { Secret } from '../../../main/platform/secret.ts'
import { DataKey } from '../../../main/vault/data-key.ts'
import { boxWith, sessionIn } from './session-fixture.ts'

const PASSPHRASE = 'four unrelated words'

/** How many there are after a garbage collection. */
const living = (kind: typeof Secret | typeof DataKey) =>
  queryObjects(kind as unknown as new () => object, { format: 'count' })

it('holds no secret and no data key once it is locked', async () => {
  const { session, secret } = await sessionIn(await boxWith({ passphrase: PASSPHRASE }))
  await session.unlock(Secret.of('wrong passphrase')).catch(() => {})
  await session.unlock(Secret.of(PASSPHRASE))
  await session.verifyPassphrase(Secret.of(PASSPHRASE))
  await session.setPassphrase(Secret.of(PASSPHRASE), Secret.of('other unrelated words'))
  await session.removePassphrase(Secret.of('other unrelated words'))
  secret()
  expect(living(DataKey)).toBe(1)
  session.lock()
  expect(living(Secret)).toBe(0)
  expect(living(DataKey)).toBe(0)
})
