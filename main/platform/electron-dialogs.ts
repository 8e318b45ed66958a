import type { BaseWindow, Dialog } from 'electron'
import type { BackupDialogs, ExportDialog, FileDialogs, HostQuestion } from './dialogs.ts'

const TITLE = 'Choose an env file'
const IMPORT_TITLE = 'Choose a file with tokens'
const LABEL = 'Choose'

/**
 * The question about a host, and a file dialog that takes an existing file as well as a new name. On Linux and macOS that is the save
 * dialog; macOS asks whether to replace an existing file, so the dialog says beforehand that it is kept.
 * Windows' save dialog asks the same and has no room for a sentence, but its open dialog takes new names
 * (`promptToCreate`). Source: Electron dialog docs.
 *
 * @param options.parent the window it belongs to, asked at each use
 */
export function createElectronDialogs(options: {
  readonly dialog: Dialog
  readonly parent: () => BaseWindow | null
  readonly platform: NodeJS.Platform
}): FileDialogs & HostQuestion & BackupDialogs & ExportDialog {
  const save = (title: string, defaultPath: string, name: string, extension: string) =>
    saveFile(options.dialog, options.parent(), {
      title,
      defaultPath,
      filters: [{ name, extensions: [extension] }],
      showsTagField: false,
      properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
    })
  return {
    chooseBackupTarget: (defaultPath) =>
      save('Save the backup', defaultPath, 'Token Desk backup', 'tokendesk-backup'),
    chooseBackupFile: () =>
      openFile(options.dialog, options.parent(), {
        title: 'Choose a backup',
        buttonLabel: LABEL,
        properties: ['openFile', 'dontAddToRecent'],
      }),
    chooseExportTarget: (defaultPath) =>
      save('Export activity', defaultPath, 'JSON lines', 'jsonl'),
    allowsHost: (host) => askAboutHost(options.dialog, options.parent(), host),
    chooseEnvFile: (defaultPath) =>
      options.platform === 'win32'
        ? openOrName(options.dialog, options.parent(), defaultPath)
        : saveAs(options.dialog, options.parent(), defaultPath),
    chooseImportFile: () =>
      openFile(options.dialog, options.parent(), {
        title: IMPORT_TITLE,
        buttonLabel: LABEL,
        properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
      }),
  }
}

const ALLOW = 1

/** Cancel is the first and the default button: Enter and Esc send nothing. */
async function askAboutHost(
  dialog: Dialog,
  parent: BaseWindow | null,
  host: string,
): Promise<boolean> {
  const settings: Electron.MessageBoxOptions = {
    type: 'warning',
    title: 'Token Desk for Slack',
    message: `Let Token Desk talk to ${host}?`,
    detail: 'This is not Slack. It will get the tokens and secrets that you use with it.',
    buttons: ['Cancel', 'Allow this host'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  }
  const { response } = await (parent === null
    ? dialog.showMessageBox(settings)
    : dialog.showMessageBox(parent, settings))
  return response === ALLOW
}

function saveAs(
  dialog: Dialog,
  parent: BaseWindow | null,
  defaultPath: string,
): Promise<string | null> {
  return saveFile(dialog, parent, {
    title: TITLE,
    buttonLabel: LABEL,
    defaultPath,
    message: 'An existing file keeps everything else in it, even where macOS asks to replace it.',
    showsTagField: false,
    properties: ['showHiddenFiles', 'createDirectory', 'dontAddToRecent'],
  })
}

/** A new file, or one that the system asks to replace. */
async function saveFile(
  dialog: Dialog,
  parent: BaseWindow | null,
  settings: Electron.SaveDialogOptions,
): Promise<string | null> {
  const chosen = await (parent === null
    ? dialog.showSaveDialog(settings)
    : dialog.showSaveDialog(parent, settings))
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath
}

function openOrName(
  dialog: Dialog,
  parent: BaseWindow | null,
  defaultPath: string,
): Promise<string | null> {
  return openFile(dialog, parent, {
    title: TITLE,
    buttonLabel: LABEL,
    defaultPath,
    properties: ['openFile', 'promptToCreate', 'showHiddenFiles', 'dontAddToRecent'],
  })
}

async function openFile(
  dialog: Dialog,
  parent: BaseWindow | null,
  settings: Electron.OpenDialogOptions,
): Promise<string | null> {
  const chosen = await (parent === null
    ? dialog.showOpenDialog(settings)
    : dialog.showOpenDialog(parent, settings))
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null)
}
