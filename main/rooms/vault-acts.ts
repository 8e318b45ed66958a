import type { NewActivity, RecordActivity } from '../activity/activity.ts'
import type { VaultView } from '../contract/views.ts'
import { displayPath } from '../platform/display-path.ts'
import type { VaultSession } from '../vault/vault-session.ts'
import type { Acts } from './record-acts.ts'

/** Acts on the vault and its settings. Locking is noted as it happens (`followLocks`), whoever asked. */
export function vaultActs(session: VaultSession): Acts {
  return {
    'vault/unlock': () => {
      const wasOpen = session.view.state === 'ready'
      const isOpen = () => session.view.state === 'ready'
      return {
        entry: { what: 'unlock-refused' },
        // Asked without a passphrase it only finds out that there has to be one.
        done: () => (!wasOpen && isOpen() ? [{ what: 'unlocked' }] : []),
      }
    },
    'vault/choose-passphrase': () => ({ entry: { what: 'passphrase-set' } }),
    'vault/set-passphrase': (current) => ({
      entry: { what: current === null ? 'passphrase-set' : 'passphrase-changed' },
    }),
    'vault/remove-passphrase': () => ({ entry: { what: 'passphrase-removed' } }),
    'vault/start-afresh': () => ({ entry: { what: 'started-afresh' } }),
    // Only that somebody was not recognised.
    'vault/confirm-user': () => ({
      entry: { what: 'unlock-refused', detail: 'user-check' },
      done: () => [],
      isNoted: (code) => code === 'VAULT_WRONG_PASSPHRASE' || code === 'USER_CHECK_FAILED',
    }),
    'security/change': (change) => {
      const changed = Object.entries(change).filter(([, value]) => value !== undefined)
      const detail = changed.map(([name]) => name).join(', ')
      return {
        entry: { what: 'settings-changed', detail },
        ...(changed.length === 0 ? { done: () => [] } : {}),
      }
    },
    'certificate/trust': () => ({ entry: { what: 'certificate-trusted' } }),
    'certificate/untrust': () => ({ entry: { what: 'certificate-untrusted' } }),
  }
}

export interface FollowLocksOptions {
  readonly session: Pick<VaultSession, 'view'>
  readonly record: RecordActivity
  readonly homeDirectory: string
}

/** Notes what the vault does by itself. The returned function is to be called after each change of it. */
export function followLocks({ session, record, homeDirectory }: FollowLocksOptions): () => void {
  let before: Pick<VaultView, 'state' | 'recovery'> = session.view
  return () => {
    const { state, lockedBy, recovery } = session.view
    const wasOpen = before.state === 'ready'
    const hadRecovery = before.recovery?.damagedFile === recovery?.damagedFile
    before = { state, recovery }
    if (wasOpen && state === 'locked') record(locked(lockedBy))
    if (recovery !== null && !hadRecovery) {
      record({
        ...{ what: 'vault-recovered', outcome: 'warning', by: 'itself' },
        file: displayPath(recovery.damagedFile, homeDirectory),
        detail: recovery.opened,
      })
    }
  }
}

/** For no reason of its own a vault locks itself where another one was put in its place. */
function locked(lockedBy: VaultView['lockedBy']): NewActivity {
  const by = lockedBy === 'user' ? {} : ({ by: 'itself' } as const)
  return { what: 'locked', ...by, detail: lockedBy ?? 'another-vault' }
}
