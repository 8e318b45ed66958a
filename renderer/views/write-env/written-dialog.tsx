import type { Failure } from '../../../main/contract/errors.ts'
import type { WriteReport } from '../../../main/contract/views.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { reportWords } from './write-words.ts'

interface WrittenDialogProps {
  readonly report: WriteReport
  readonly failure: Failure
  readonly onUndo: (writeId: string) => Promise<void>
  readonly onClose: () => void
}

/** The file was written, but .gitignore was not: both are said before the dialog goes. */
export function WrittenDialog({ report, failure, onUndo, onClose }: WrittenDialogProps) {
  return (
    <Dialog
      title="Written, but not ignored by git"
      isOpen
      onClose={onClose}
      width={560}
      problem={failure}
      actions={
        <>
          <Button onPress={() => void onUndo(report.writeId)}>Undo</Button>
          <Button kind="filled" autoFocus onPress={onClose}>
            Close
          </Button>
        </>
      }
    >
      <Notice kind="done" title={reportWords(report).text}>
        Add the file to .gitignore yourself before you commit.
      </Notice>
    </Dialog>
  )
}
