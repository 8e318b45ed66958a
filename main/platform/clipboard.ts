/** The system clipboard, text alone. Electron's calls are synchronous before 44 and promises from 44 on. */
export interface Clipboard {
  readText(): Promise<string>
  writeText(text: string): Promise<void>
  clear(): Promise<void>
}
