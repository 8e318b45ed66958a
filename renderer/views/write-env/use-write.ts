import { useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { SecretRef, WriteReport } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useConfirmed } from '../../app/confirm-user/use-confirmed.ts'
import { useNavigation } from '../../app/navigation.ts'
import { type Act, useCall } from '../../app/use-call.ts'
import { useToasts } from '../../parts/toast.tsx'
import { reportWords } from './write-words.ts'

export interface Write {
  readonly act: Act
  /** Set where the file was written but something beside it was not: the dialog stays and says so. */
  readonly partial: { readonly report: WriteReport; readonly failure: Failure } | null
  /** Answers why it was refused, null when it was written. */
  readonly write: (previewId: string, addToGitignore: boolean) => Promise<void>
  readonly undo: (writeId: string) => Promise<void>
}

interface WriteOptions {
  readonly secretRef: SecretRef
  readonly title: string
  /** The preview that was shown is no longer what would be written. */
  readonly onRefused: () => void
  readonly onClose: () => void
}

/** Writes what the preview showed, and offers to undo it. */
export function useWrite({ secretRef, title, onRefused, onClose }: WriteOptions): Write {
  const api = useApi()
  const { go } = useNavigation()
  const { show } = useToasts()
  const act = useCall()
  const confirmed = useConfirmed()
  const [partial, setPartial] = useState<Write['partial']>(null)

  async function undo(writeId: string): Promise<void> {
    const undone = await api.call['sharing/undo-write'](writeId)
    if (undone.ok) {
      onClose()
      show({ text: 'Undone.', detail: `${undone.value.displayPath} is as it was.` })
    } else {
      go({ dialog: { kind: 'write', ref: secretRef, title, problem: undone.failure } })
    }
  }
  async function write(previewId: string, addToGitignore: boolean): Promise<void> {
    let isCalledOff = false
    const report = await act.run(async () => {
      const result = await confirmed(() => api.call['sharing/write'](previewId, { addToGitignore }))
      isCalledOff = result === null
      return result
    })
    if (isCalledOff) return
    if (report === undefined) return onRefused()
    if (report.gitignoreFailure) return setPartial({ report, failure: report.gitignoreFailure })
    onClose()
    const onPress = () => void undo(report.writeId)
    show({ ...reportWords(report), action: { label: 'Undo', onPress } })
  }
  return { act, partial, write, undo }
}
