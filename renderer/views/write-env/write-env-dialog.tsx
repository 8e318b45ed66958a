import './write-env-dialog.css'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { SecretRef, Snapshot } from '../../../main/contract/views.ts'
import { useDesk } from '../../app/desk-state.ts'
import { remedyLabel } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { FileField, useChooseFile } from './file-field.tsx'
import { GitNotice } from './git-notice.tsx'
import { useWrite } from './use-write.ts'
import { useWritePreview } from './use-write-preview.ts'
import { WhatWillChange } from './what-will-change.tsx'
import { actLabel } from './write-words.ts'
import { WrittenDialog } from './written-dialog.tsx'

interface WriteEnvDialogProps {
  readonly secretRef: SecretRef
  /** "Bot token of Northwind Test" */
  readonly title: string
  /** Why the undo that led here did not work. */
  readonly problem?: Failure | undefined
  readonly onClose: () => void
}

/** "Write to env file…": file and name, what will change, then the write. Nothing is written before. */
export function WriteEnvDialog(props: WriteEnvDialogProps) {
  const { secretRef, title, onClose } = props
  const proposed = proposedName(useDesk().snapshot, secretRef)
  const previewing = useWritePreview(secretRef, proposed)
  const choosing = useCall()
  const writing = useWrite({ secretRef, title, onClose, onRefused: previewing.refresh })
  const [addsToGitignore, setAdds] = useState(true)
  const chooseButton = useRef<HTMLButtonElement>(null)
  const actButton = useRef<HTMLButtonElement>(null)

  const { preview, isCurrent, variable, failure } = previewing
  const adds = addsToGitignore && preview?.git.gitignore != null
  const isBusy = writing.act.isBusy
  const doesSomething = preview !== null && (preview.changesAnything || adds)
  const canWrite = isCurrent && doesSomething && !isBusy
  const write = () => {
    if (canWrite && preview) void writing.write(preview.id, adds)
  }
  useCtrlEnter(write)
  useFocusOnAct(canWrite, chooseButton, actButton)

  const isNameProblem = failure?.field === 'variable'
  const problem = problemOf(
    writing.act.failure,
    choosing.failure,
    isNameProblem ? null : failure,
    props.problem,
  )
  const choose = useChooseFile({ secretRef, setFile: previewing.setFile, choosing })
  if (writing.partial) {
    return <WrittenDialog {...writing.partial} onUndo={writing.undo} onClose={onClose} />
  }
  return (
    <Dialog
      title="Write to env file"
      subtitle={title}
      isOpen
      onClose={() => !isBusy && onClose()}
      isDismissable={variable === proposed}
      width={660}
      problem={problem}
      problemActions={
        problem && (
          <ProblemButton
            failure={problem}
            onChoose={() => void choose()}
            onRefresh={previewing.refresh}
          />
        )
      }
      footNote="You can undo this afterwards."
      actions={
        <>
          <Button isDisabled={isBusy} onPress={onClose}>
            Cancel
          </Button>
          <Button
            kind="filled"
            ref={actButton}
            busyLabel={isBusy ? 'Writing…' : undefined}
            isDisabled={!isBusy && !canWrite}
            disabledReason={whyNot(previewing.file === null, isCurrent)}
            onPress={write}
          >
            {actLabel(preview, adds)}
          </Button>
        </>
      }
    >
      <div className="write-fields">
        <FileField
          {...previewing}
          secretRef={secretRef}
          choosing={choosing}
          isDisabled={isBusy}
          chooseButton={chooseButton}
        />
        <TextField
          label="Variable"
          isMono
          value={variable}
          onChange={previewing.setVariable}
          maxLength={200}
          isDisabled={isBusy}
          problem={isNameProblem ? `${failure.message}. ${failure.advice}` : undefined}
        />
      </div>
      <WhatWillChange previewing={previewing} />
      {preview?.publicNameWarning && (
        <Notice kind="warning" title="Programs built with this file would publish the token">
          Names that begin like this go to every visitor. Choose another name.
        </Notice>
      )}
      {preview && (
        <GitNotice
          git={preview.git}
          previewId={preview.id}
          addsToGitignore={addsToGitignore}
          onChange={setAdds}
        />
      )}
    </Dialog>
  )
}

/** The name that main proposes for this secret. */
function proposedName({ installations }: Snapshot, ref: SecretRef): string {
  if (ref.of === 'slack-app') {
    return ref.field === 'clientId' ? 'SLACK_CLIENT_ID' : 'SLACK_CLIENT_SECRET'
  }
  const installation = installations.find(({ id }) => id === ref.installationId)
  return installation?.credentials.find(({ id }) => id === ref.credentialId)?.variable ?? ''
}

function problemOf(...failures: readonly (Failure | null | undefined)[]): Failure | null {
  return failures.find((one) => one != null) ?? null
}

function whyNot(hasNoFile: boolean, isCurrent: boolean): string {
  if (hasNoFile) return 'Choose a file first.'
  return isCurrent ? 'The file holds this value already.' : 'The preview is not there.'
}

interface ProblemButtonProps {
  readonly failure: Failure
  readonly onChoose: () => void
  readonly onRefresh: () => void
}

function ProblemButton({ failure, onChoose, onRefresh }: ProblemButtonProps) {
  const { remedy } = failure
  if (remedy !== 'choose-file' && remedy !== 'preview-again' && remedy !== 'retry') return null
  return (
    <Button size="row" onPress={remedy === 'choose-file' ? onChoose : onRefresh}>
      {remedyLabel(remedy)}
    </Button>
  )
}

/** Ctrl or ⌘ Enter writes, wherever in the dialog the focus is. */
function useCtrlEnter(write: () => void): void {
  const latest = useRef(write)
  latest.current = write
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      latest.current()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}

/** Once the first preview is there, the act is the next stop, unless the user went elsewhere. */
function useFocusOnAct(
  canWrite: boolean,
  chooseButton: RefObject<HTMLButtonElement | null>,
  actButton: RefObject<HTMLButtonElement | null>,
): void {
  const isDone = useRef(false)
  useEffect(() => {
    if (!canWrite || isDone.current) return
    isDone.current = true
    if (document.activeElement === chooseButton.current) actButton.current?.focus()
  }, [canWrite, chooseButton, actButton])
}
