/** Refreshing because somebody wants the token now. */
import { toFailure } from '../../errors.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Log } from '../../platform/log.ts'
import { SecretNotFoundHere } from '../errors.ts'
import type { Installations } from '../installations.ts'
import type { CredentialMeta } from '../records.ts'
import { RefreshImpossible } from './errors.ts'
import { thrownFor } from './refresh-failure.ts'
import type { Refresher } from './refresher.ts'
import { hasEnded, isDue, isNearEnd, isRotating } from './schedule.ts'
import type { CredentialRef } from './turns.ts'

/** See `Rotation.refreshNow`. */
export async function refreshAll(
  installations: Installations,
  refresher: Refresher,
  installationId: string,
): Promise<number> {
  const { credentials } = installations.get(installationId)
  const rotating = credentials.filter(isRotating)
  if (rotating.length === 0) throw new RefreshImpossible('not-rotating')
  const failures: unknown[] = []
  for (const { id: credentialId } of rotating) {
    await refresher.refresh({ installationId, credentialId }, 'user').catch((thrown: unknown) => {
      failures.push(thrown)
    })
  }
  if (failures.length > 0) throw failures[0]
  return rotating.length
}

export interface EnsureFreshParts {
  readonly installations: Installations
  readonly refresher: Refresher
  readonly clock: Clock
  readonly log: Log
}

/** See `Rotation.ensureFresh`. */
export async function ensureFresh(parts: EnsureFreshParts, ref: CredentialRef): Promise<void> {
  const { installations, clock, log } = parts
  const find = (): CredentialMeta => {
    const { credentials } = installations.get(ref.installationId)
    const found = credentials.find(({ id }) => id === ref.credentialId)
    if (found === undefined) throw new SecretNotFoundHere()
    return found
  }
  const credential = find()
  // One that was revoked here is handed out as it is: the page says so.
  if (!isRotating(credential) || credential.state === 'revoked') return
  if (!isNearEnd(credential, clock.now())) return
  try {
    await refreshEnding(parts, ref, credential)
  } catch (thrown) {
    if (hasEnded(find(), clock.now())) throw thrown
    log.info('handed out unrefreshed', { code: toFailure(thrown).code })
  }
}

async function refreshEnding(
  { refresher, clock }: EnsureFreshParts,
  ref: CredentialRef,
  credential: CredentialMeta,
): Promise<void> {
  const { refresh } = credential
  if (refresh?.isDead && refresh.failure !== null) throw thrownFor(refresh.failure)
  const isBackingOff = refresh?.failure != null && !isDue(credential, clock.now())
  // While it works, a Slack that is in trouble is not asked for each copy.
  if (isBackingOff && !hasEnded(credential, clock.now())) return
  await refresher.refresh(ref, 'itself')
}
