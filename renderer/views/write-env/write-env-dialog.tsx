import './write-env-dialog.css'
import { type RefObject, useRef } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import { remedyLabel } from '../../app/failure-notice.tsx'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Notice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useCtrlEnter, useFocusOnAct } from './dialog-keys.ts'
import { FileField } from './file-field.tsx'
import { GitNotice } from './git-notice.tsx'
import { useWriteEnv, type WriteEnv, type WriteEnvOptions } from './use-write-env.ts'
import { WhatWillChange } from './what-will-change.tsx'
import { actLabel } from './write-words.ts'
import { WrittenDialog } from './written-dialog.tsx'

/** "Write to env file…": file and name, what will change, then the write. Nothing is written before. */
export function WriteEnvDialog(props: WriteEnvOptions) {
  const { title, onClose } = props
  const model = useWriteEnv(props)
  const chooseButton = useRef<HTMLButtonElement>(null)
  const actButton = useRef<HTMLButtonElement>(null)
  useCtrlEnter(model.write)
  useFocusOnAct(model.canWrite, chooseButton, actButton)
  const { writing, problem } = model
  if (writing.partial) {
    return <WrittenDialog {...writing.partial} onUndo={writing.undo} onClose={onClose} />
  }
  return (
    <Dialog
      title="Write to env file"
      subtitle={title}
      isOpen
      onClose={() => !writing.act.isBusy && onClose()}
      isDismissable={!model.isTouched}
      width={660}
      problem={problem}
      problemActions={problem && <ProblemButton failure={problem} model={model} />}
      footNote="You can undo this afterwards."
      actions={<Actions model={model} onClose={onClose} actButton={actButton} />}
    >
      <Fields model={model} chooseButton={chooseButton} />
      <WhatWillChange previewing={model.previewing} />
      <Warnings model={model} />
    </Dialog>
  )
}

interface PartProps {
  readonly model: WriteEnv
}

interface ActionsProps extends PartProps {
  readonly onClose: () => void
  readonly actButton: RefObject<HTMLButtonElement | null>
}

function Actions({ model, onClose, actButton }: ActionsProps) {
  const { isBusy } = model.writing.act
  return (
    <>
      <Button isDisabled={isBusy} onPress={onClose}>
        Cancel
      </Button>
      <Button
        kind="filled"
        ref={actButton}
        busyLabel={isBusy ? 'Writing…' : undefined}
        isDisabled={!isBusy && !model.canWrite}
        disabledReason={whyNot(model)}
        onPress={model.write}
      >
        {actLabel(model.previewing.preview, model.addsToGitignore)}
      </Button>
    </>
  )
}

function whyNot({ previewing }: WriteEnv): string {
  if (previewing.file === null) return 'Choose a file first.'
  return previewing.isCurrent ? 'The file holds this value already.' : 'There is no preview yet.'
}

function Fields(props: PartProps & { readonly chooseButton: RefObject<HTMLButtonElement | null> }) {
  const { previewing, choosing, choose, writing } = props.model
  const { failure } = previewing
  return (
    <div className="write-fields">
      <FileField
        {...previewing}
        isChoosing={choosing.isBusy}
        onChoose={() => void choose()}
        isDisabled={writing.act.isBusy}
        chooseButton={props.chooseButton}
      />
      <TextField
        label="Variable"
        isMono
        value={previewing.variable}
        onChange={previewing.setVariable}
        maxLength={200}
        isDisabled={writing.act.isBusy}
        problem={
          failure?.field === 'variable' ? `${failure.message}. ${failure.advice}` : undefined
        }
      />
    </div>
  )
}

/** Where the token really goes, and what could publish it: the name, and git. */
function Warnings({ model }: PartProps) {
  const { preview } = model.previewing
  if (preview === null) return null
  return (
    <>
      {preview.publicNameWarning && (
        <Notice kind="warning" title="This name would publish the token">
          Programs built with this file would publish the token to every visitor. Choose another
          name.
        </Notice>
      )}
      {preview.leadsTo !== null && (
        <Notice kind="warning" title="This file is a link">
          The token is written to <span className="mono">{preview.leadsTo}</span>.
        </Notice>
      )}
      <GitNotice
        git={preview.git}
        previewId={preview.id}
        addsToGitignore={model.addsToGitignore}
        onChange={model.setAddsToGitignore}
      />
    </>
  )
}

function ProblemButton({ failure, model }: PartProps & { readonly failure: Failure }) {
  const { remedy } = failure
  if (remedy !== 'choose-file' && remedy !== 'preview-again' && remedy !== 'retry') return null
  const act = remedy === 'choose-file' ? () => void model.choose() : model.previewing.refresh
  return (
    <Button size="row" onPress={act}>
      {remedyLabel(remedy)}
    </Button>
  )
}
