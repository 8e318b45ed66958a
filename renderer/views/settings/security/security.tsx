import { LockSettings } from './lock-settings.tsx'
import { Protection } from './protection.tsx'
import { SecretsSettings } from './secrets-settings.tsx'

/** How the tokens are sealed, when the vault locks, and what seeing a secret takes. */
export function Security() {
  return (
    <>
      <Protection />
      <LockSettings />
      <SecretsSettings />
    </>
  )
}
