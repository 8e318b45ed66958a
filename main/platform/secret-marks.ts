/** One raw format of the system's clipboard: its name, and what stands under it. */
export interface SecretMark {
  readonly format: string
  readonly value: string
}

/** Four zero bytes: a Windows DWORD that says no. */
const NO = '\0\0\0\0'
/** Something: what counts is that the format is there. */
const PRESENT = '1'

/**
 * What asks clipboard managers and histories of this system not to keep what lies beside it. They may
 * ignore it. Sources: "Clipboard formats" in the Windows documentation (cloud clipboard and history),
 * nspasteboard.org, and Klipper's `x-kde-passwordManagerHint`, which other Linux managers follow.
 */
export function secretMarks(platform: NodeJS.Platform): readonly SecretMark[] {
  switch (platform) {
    case 'win32':
      return [
        { format: 'ExcludeClipboardContentFromMonitorProcessing', value: PRESENT },
        { format: 'CanIncludeInClipboardHistory', value: NO },
        { format: 'CanUploadToCloudClipboard', value: NO },
      ]
    case 'darwin':
      return [
        { format: 'org.nspasteboard.ConcealedType', value: PRESENT },
        { format: 'org.nspasteboard.TransientType', value: PRESENT },
      ]
    default:
      return [{ format: 'x-kde-passwordManagerHint', value: 'secret' }]
  }
}
