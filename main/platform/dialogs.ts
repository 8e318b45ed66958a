/** The system's file dialogs. */
export interface FileDialogs {
  /**
   * Lets the user choose an env file that exists or a name for a new one. Nothing is written.
   *
   * @param defaultPath absolute; the folder it opens in and the name it proposes
   * @returns an absolute path; null when the user cancelled
   */
  chooseEnvFile(defaultPath: string): Promise<string | null>
}
