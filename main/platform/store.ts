/**
 * One JSON document on disk, persisted with electron-store behind this interface so that the vault
 * itself needs no Electron. Opening a damaged file throws; nothing is ever silently replaced.
 */
export interface Store {
  /** The document as it was last read or written; undefined before the first write. */
  read(): unknown
  /** Replaces the document atomically, mode 0600. */
  write(document: unknown): void
  readonly path: string
}

/** Opens (without creating) the store `name` in `directory`. */
export type OpenStore = (options: { readonly directory: string; readonly name: string }) => Store
