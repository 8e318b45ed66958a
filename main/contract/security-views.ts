import * as z from 'zod'

/** Choices about locking, asking and clearing. They are no secrets and apply at once. */
export const securitySettings = z.object({
  /** Minutes without use after which the vault locks; 0 never. */
  autoLockMinutes: z.union([
    z.literal(0),
    z.literal(1),
    z.literal(5),
    z.literal(15),
    z.literal(30),
    z.literal(60),
  ]),
  lockOnScreenLock: z.boolean(),
  lockOnSuspend: z.boolean(),
  /** Reveal and copy ask for Touch ID or the passphrase first. */
  asksBeforeSecrets: z.boolean(),
  /** Seconds until a copied secret is cleared. */
  clipboardSeconds: z.union([z.literal(10), z.literal(30), z.literal(60), z.literal(120)]),
  /** A notification of the system when a token could not be refreshed. */
  notifies: z.boolean(),
})
export type SecuritySettings = z.infer<typeof securitySettings>

/** What there is to ask who sits here; null where nothing is (a keyring without Touch ID). */
export const userCheckKind = z.enum(['touch-id', 'passphrase']).nullable()
export type UserCheckKind = z.infer<typeof userCheckKind>

export const securityView = z.object({
  settings: securitySettings,
  userCheck: userCheckKind,
  /** The system keeps a window out of screenshots (macOS and Windows). */
  hidesFromScreenshots: z.boolean(),
  /** The system tells when the screen is locked (macOS and Windows). */
  knowsScreenLock: z.boolean(),
})
export type SecurityView = z.infer<typeof securityView>

/** What "Delete everything here" could not remove; `path` where it is a file or folder. */
export const leftBehind = z.object({
  what: z.enum(['keyring-item', 'certificate-trust', 'practice', 'files']),
  path: z.string().nullable(),
})
export type LeftBehind = z.infer<typeof leftBehind>
