import './import-token.css'
import { type KeyboardEvent, useCallback, useEffect, useState } from 'react'
import type { EnvironmentRef } from '../../../main/contract/views.ts'
import { remedyLabel } from '../../app/failure-notice.tsx'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { checkBaseUrl } from '../add-slack-app/check-form.ts'
import { DestinationChoice } from './destination-choice.tsx'
import { EnvironmentChoice } from './environment-choice.tsx'
import { FindingNotices } from './finding-notices.tsx'
import { FindingRows } from './finding-rows.tsx'
import { importLabel, needsKind, storedChoices } from './findings.ts'
import { focusNamed } from './focus-named.ts'
import { PasteBox } from './paste-box.tsx'
import { useDestination } from './use-destination.ts'
import { type ImportState, useImportDraft } from './use-import-draft.ts'
import { useStore } from './use-store.ts'

/** "Import token": main reads the clipboard; the page shows what it recognised, masked. */
export function ImportTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const state = useImportDraft()
  const [kind, setKind] = useState<EnvironmentRef['kind']>('slack')
  const [baseUrl, setBaseUrl] = useState('')
  const [saysUrl, setSaysUrl] = useState(false)
  const destination = useDestination(state)
  const submit = useStore(state, destination, onClose)
  const { failure, phase, draft } = state
  const isBusy = phase === 'storing'
  const whyNot = whyNotYet(state)

  const { paste, chooseFile, clear } = state
  const wrongBaseUrl = kind === 'custom' ? checkBaseUrl(baseUrl) : undefined
  /** Reads with the chosen Slack, once it can be named. */
  const readWith = useCallback(
    (read: ImportState['paste']) => {
      setSaysUrl(true)
      if (wrongBaseUrl !== undefined) return focusNamed('baseUrl')
      void read(kind === 'custom' ? { kind, baseUrl: baseUrl.trim() } : { kind })
    },
    [kind, baseUrl, wrongBaseUrl],
  )
  const readClipboard = useCallback(() => readWith(paste), [readWith, paste])
  const readFile = () => readWith(chooseFile)
  usePasteKey(readClipboard)

  const refusedUrl =
    failure?.field === 'baseUrl' ? `${failure.message}. ${failure.advice}` : undefined
  const isOfField = refusedUrl !== undefined || failure?.field === 'name'
  return (
    <Dialog
      title="Import token"
      subtitle="Paste one token, a webhook URL, or a block of env lines."
      width={600}
      isOpen
      isDismissable={draft === null}
      onClose={() => !isBusy && onClose()}
      problem={isOfField ? null : failure}
      problemActions={
        failure?.remedy === 'choose-file' && (
          <Button size="row" onPress={readFile}>
            {remedyLabel('choose-file')}
          </Button>
        )
      }
      footNote={needsKind(state) ? whyNot : undefined}
      actions={<Actions state={state} whyNot={whyNot} submit={submit} onClose={onClose} />}
    >
      <EnvironmentChoice
        kind={kind}
        baseUrl={baseUrl}
        problem={saysUrl ? (wrongBaseUrl ?? refusedUrl) : undefined}
        onChange={(nextKind, nextBaseUrl) => {
          // What was pasted belongs to the Slack it was checked with.
          clear()
          setSaysUrl(false)
          setKind(nextKind)
          setBaseUrl(nextBaseUrl)
        }}
      />
      <PasteBox state={state} onPaste={readClipboard} onChooseFile={readFile} onClear={clear} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in a row or in the name imports, as in a form */}
      <div
        className="import-rows"
        onKeyDown={(event) => submitOnEnter(event, whyNot === undefined, submit)}
      >
        <FindingRows state={state} />
        <DestinationChoice state={state} destination={destination} />
      </div>
      <FindingNotices state={state} />
    </Dialog>
  )
}

interface ActionsProps {
  readonly state: ImportState
  readonly whyNot: string | undefined
  readonly submit: () => void
  readonly onClose: () => void
}

function Actions({ state, whyNot, submit, onClose }: ActionsProps) {
  const isBusy = state.phase === 'storing'
  const count = storedChoices(state).length
  return (
    <>
      <Button onPress={onClose} isDisabled={isBusy}>
        Cancel
      </Button>
      <Button
        kind="filled"
        isDisabled={whyNot !== undefined}
        disabledReason={whyNot}
        busyLabel={isBusy ? 'Importing…' : undefined}
        onPress={submit}
      >
        {count === 0 ? 'Import' : importLabel(count)}
      </Button>
    </>
  )
}

/** Why nothing can be imported yet; undefined where it can. */
function whyNotYet(state: ImportState): string | undefined {
  if (state.phase === 'checking') return 'Slack is being asked.'
  if (state.phase === 'reading') return 'The text is being read.'
  if (state.chosen.size === 0) return 'Nothing is chosen to be imported.'
  return needsKind(state) ? 'Say first what kind of token it is.' : undefined
}

/** Ctrl/⌘ V anywhere in the dialog but in a text field. The event's own text is not looked at. */
function usePasteKey(readClipboard: () => void): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { target } = event
      if (target instanceof HTMLInputElement && target.type === 'text') return
      event.preventDefault()
      readClipboard()
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [readClipboard])
}

function submitOnEnter(event: KeyboardEvent, canImport: boolean, submit: () => void): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
  // Enter in an open list chooses from it.
  if (event.target.getAttribute('aria-expanded') === 'true') return
  event.preventDefault()
  if (canImport) submit()
}
