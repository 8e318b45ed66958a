/** Asked by main in a dialog of the system, which no page can answer. */
export interface HostQuestion {
  /** True when the user allows tokens and secrets to go to this host, such as `slack.example`. */
  allowsHost(host: string): Promise<boolean>
}

/** Where a backup goes to, and where it comes from. Absolute paths; null when the user cancelled. */
export interface BackupDialogs {
  /** @param defaultPath absolute; the folder it opens in and the name it proposes */
  chooseBackupTarget(defaultPath: string): Promise<string | null>
  chooseBackupFile(): Promise<string | null>
}

/** Where an export goes to. */
export interface ExportDialog {
  /** @returns an absolute path; null when the user cancelled */
  chooseExportTarget(defaultPath: string): Promise<string | null>
}

/** The system's file dialogs. */
export interface FileDialogs {
  /**
   * Lets the user choose an env file that exists or a name for a new one. Nothing is written.
   *
   * @param defaultPath absolute; the folder it opens in and the name it proposes
   * @returns an absolute path; null when the user cancelled
   */
  chooseEnvFile(defaultPath: string): Promise<string | null>

  /**
   * Lets the user choose a file to import tokens from.
   *
   * @returns an absolute path; null when the user cancelled
   */
  chooseImportFile(): Promise<string | null>
}
