import type { BaseWindow, Dialog } from 'electron'
import type { FileDialogs } from './dialogs.ts'

const TITLE = 'Choose an env file'
const LABEL = 'Choose'

/**
 * A file dialog that takes an existing file as well as a new name. On Linux and macOS that is the save
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
}): FileDialogs {
  return {
    chooseEnvFile: (defaultPath) =>
      options.platform === 'win32'
        ? openOrName(options.dialog, options.parent(), defaultPath)
        : saveAs(options.dialog, options.parent(), defaultPath),
  }
}

async function saveAs(
  dialog: Dialog,
  parent: BaseWindow | null,
  defaultPath: string,
): Promise<string | null> {
  const settings: Electron.SaveDialogOptions = {
    title: TITLE,
    buttonLabel: LABEL,
    defaultPath,
    message: 'An existing file keeps everything else in it, even where macOS asks to replace it.',
    showsTagField: false,
    properties: ['showHiddenFiles', 'createDirectory', 'dontAddToRecent'],
  }
  const chosen = await (parent === null
    ? dialog.showSaveDialog(settings)
    : dialog.showSaveDialog(parent, settings))
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath
}

async function openOrName(
  dialog: Dialog,
  parent: BaseWindow | null,
  defaultPath: string,
): Promise<string | null> {
  const settings: Electron.OpenDialogOptions = {
    title: TITLE,
    buttonLabel: LABEL,
    defaultPath,
    properties: ['openFile', 'promptToCreate', 'showHiddenFiles', 'dontAddToRecent'],
  }
  const chosen = await (parent === null
    ? dialog.showOpenDialog(settings)
    : dialog.showOpenDialog(parent, settings))
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null)
}
