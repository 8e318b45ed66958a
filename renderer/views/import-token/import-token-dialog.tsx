import './import-token.css'
import { type KeyboardEvent, useCallback, useEffect, useState } from 'react'
import type { EnvironmentRef } from '../../../main/contract/views.ts'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { useToasts } from '../../parts/toast.tsx'
import { checkBaseUrl } from '../add-slack-app/check-form.ts'
import { EnvironmentChoice } from './environment-choice.tsx'
import { FindingNotices } from './finding-notices.tsx'
import { FindingRows } from './finding-rows.tsx'
import { importLabel, needsName } from './findings.ts'
import { PasteBox } from './paste-box.tsx'
import { type ImportState, useImportDraft } from './use-import-draft.ts'

/** "Import token": main reads the clipboard; the page shows what it recognised, masked. */
export function ImportTokenDialog({ onClose }: { readonly onClose: () => void }) {
  const state = useImportDraft()
  const [kind, setKind] = useState<EnvironmentRef['kind']>('slack')
  const [baseUrl, setBaseUrl] = useState('')
  const [saysUrl, setSaysUrl] = useState(false)
  const { name, setName, nameProblem, submit, asksName } = useStore(state, onClose)
  const { failure, phase, chosen, draft } = state
  const isBusy = phase === 'storing'
  const canImport = chosen.size > 0 && phase !== 'checking'

  const { paste, clear } = state
  const wrongBaseUrl = kind === 'custom' ? checkBaseUrl(baseUrl) : undefined
  const readClipboard = useCallback(() => {
    setSaysUrl(true)
    if (wrongBaseUrl !== undefined) return focusNamed('baseUrl')
    void paste(kind === 'custom' ? { kind, baseUrl: baseUrl.trim() } : { kind })
  }, [paste, kind, baseUrl, wrongBaseUrl])
  usePasteKey(readClipboard)

  const refusedUrl =
    failure?.field === 'baseUrl' ? `${failure.message}. ${failure.advice}` : undefined
  const isOfField = refusedUrl !== undefined || nameProblem !== undefined
  return (
    <Dialog
      title="Import token"
      subtitle="Paste one token, a webhook URL, or a block of env lines."
      width={600}
      isOpen
      isDismissable={draft === null}
      onClose={() => !isBusy && onClose()}
      problem={isOfField ? null : failure}
      actions={<Actions state={state} canImport={canImport} submit={submit} onClose={onClose} />}
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
      <PasteBox state={state} onPaste={readClipboard} onClear={clear} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in a row or in the name imports, as in a form */}
      <div className="import-rows" onKeyDown={(event) => submitOnEnter(event, canImport, submit)}>
        <FindingRows state={state} />
        {asksName && (
          <TextField
            label="Workspace name"
            name="name"
            help="For what Slack cannot name. You can change it later."
            value={name}
            problem={nameProblem}
            onChange={setName}
            maxLength={200}
          />
        )}
      </div>
      <FindingNotices state={state} />
    </Dialog>
  )
}

interface ActionsProps {
  readonly state: ImportState
  readonly canImport: boolean
  readonly submit: () => void
  readonly onClose: () => void
}

function Actions({ state: { phase, chosen }, canImport, submit, onClose }: ActionsProps) {
  const isBusy = phase === 'storing'
  return (
    <>
      <Button onPress={onClose} isDisabled={isBusy}>
        Cancel
      </Button>
      <Button
        kind="filled"
        isDisabled={!canImport}
        disabledReason={
          phase === 'checking' ? 'Slack is being asked' : 'Nothing is chosen to be imported'
        }
        busyLabel={isBusy ? 'Importing…' : undefined}
        onPress={submit}
      >
        {chosen.size === 0 ? 'Import' : importLabel(chosen.size)}
      </Button>
    </>
  )
}

/** The name that is asked for, and the act at the end. */
function useStore(state: ImportState, onClose: () => void) {
  const { go } = useNavigation()
  const { show } = useToasts()
  const [name, setName] = useState('')
  const [isNameMissing, setNameMissing] = useState(false)
  const { draft, chosen, phase, failure } = state
  const asksName = draft !== null && phase !== 'checking' && needsName(draft, chosen)
  const refused = failure?.field === 'name' ? `${failure.message}. ${failure.advice}` : undefined
  const missing =
    isNameMissing && name.trim() === '' ? 'Slack cannot tell the name. Give it one.' : undefined

  async function store(): Promise<void> {
    if (phase !== 'idle') return
    if (asksName && name.trim() === '') {
      setNameMissing(true)
      return focusNamed('name')
    }
    const count = chosen.size
    const installationId = await state.store(asksName ? name.trim() : null)
    if (installationId === null) return
    onClose()
    show({ text: count === 1 ? '1 secret imported.' : `${count} secrets imported.` })
    go({ screen: 'workspaces', workspaceId: installationId, isDetailOpen: true, dialog: null })
  }
  return { name, setName, nameProblem: missing ?? refused, submit: () => void store(), asksName }
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
  event.preventDefault()
  if (canImport) submit()
}

function focusNamed(name: 'baseUrl' | 'name'): void {
  document.querySelector<HTMLElement>(`.dialog [name=${name}]`)?.focus()
}
