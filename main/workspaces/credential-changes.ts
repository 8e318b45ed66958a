/**
 * Tells other rooms that a credential's secret became another: after it is durable, and again at the
 * next start if they did not confirm. What a subscriber confirmed stands in the vault.
 */
import type { Vault } from '../vault/vault.ts'
import type { Installations } from './installations.ts'

/** One credential whose secret is another than the subscriber knows. */
export interface CredentialChange {
  readonly installationId: string
  readonly credentialId: string
  /** Of `CredentialMeta`. */
  readonly generation: number
}

export interface CredentialChanges {
  /**
   * Tells this room of every credential that it has not confirmed, one after the other. When `follow`
   * resolves, that generation counts as confirmed; when it rejects, it is told again at the next start.
   *
   * @param name stable over versions: what it confirmed is kept under it
   * @returns the function that ends the subscription
   */
  subscribe(name: string, follow: (change: CredentialChange) => Promise<void>): () => void
  /** Looks for what is not confirmed; called after an unlock and after every durable change. */
  deliver(): void
  /** Resolves when nobody follows anything any more. False where nobody did. */
  settle(): Promise<boolean>
}

export interface CredentialChangesOptions {
  readonly vault: () => Vault
  readonly installations: Installations
}

export function createCredentialChanges(_options: CredentialChangesOptions): CredentialChanges {
  return { subscribe: () => () => {}, deliver() {}, settle: async () => false }
}
