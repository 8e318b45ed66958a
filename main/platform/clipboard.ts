/** The system clipboard, text alone. Electron's calls are synchronous before 44 and promises from 44 on. */
export interface Clipboard {
  readText(): Promise<string>
  writeText(text: string): Promise<void>
  /**
   * Writes text that clipboard managers and histories are asked not to keep, where the runtime can ask:
   * text and marks get there in one step or not at all. Elsewhere it is text like any other.
   */
  writeSecret(text: string): Promise<void>
  clear(): Promise<void>
}
