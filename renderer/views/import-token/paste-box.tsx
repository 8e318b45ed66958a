import { useId, useLayoutEffect, useRef } from 'react'
import type { ImportDraft } from '../../../main/contract/views.ts'
import { keysLabel } from '../../app/shortcuts.ts'
import { Button } from '../../parts/button.tsx'
import type { ImportState } from './use-import-draft.ts'

interface PasteBoxProps {
  readonly state: ImportState
  readonly onPaste: () => void
  readonly onChooseFile: () => void
  readonly onClear: () => void
}

/** Stands where a field would: the pasted text is read by main and is never in the page. */
export function PasteBox({ state, onPaste, onChooseFile, onClear }: PasteBoxProps) {
  const id = useId()
  const { draft, phase } = state
  const pasteButton = usePasteFocus(draft === null)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div className="field" role="group" aria-labelledby={id}>
      <span className="field-label" id={id}>
        Token or env lines
      </span>
      <div className="paste-box" data-full={draft !== null || undefined}>
        <p className="paste-box-text" role="status">
          {draft ? hiddenWords(draft) : `Copy the token, then press ${keysLabel('V')} or “Paste”.`}
          {draft && (
            <span className="paste-box-dots" aria-hidden="true">
              ••••••••••••••••••••••
            </span>
          )}
        </p>
        <div className="paste-box-acts">
          {draft ? (
            <Button key="clear" size="row" onPress={onClear} isDisabled={phase === 'storing'}>
              Clear
            </Button>
          ) : (
            <Button
              key="paste"
              size="row"
              icon="clipboard"
              ref={pasteButton}
              busyLabel={phase === 'reading' ? 'Reading…' : undefined}
              onPress={onPaste}
            >
              Paste
            </Button>
          )}
          <Button
            size="row"
            icon="folder"
            isDisabled={phase === 'storing'}
            onPress={() => phase !== 'reading' && onChooseFile()}
          >
            Choose file…
          </Button>
        </div>
      </div>
    </div>
  )
}

/** "8 lines of .env, hidden": where the text came from, and that it is not here. */
function hiddenWords({ lineCount, fileName }: ImportDraft): string {
  const lines = lineCount === 1 ? '1 line' : `${lineCount.toLocaleString('en')} lines`
  return fileName === null ? `${lines} pasted, hidden` : `${lines} of ${fileName}, hidden`
}

/** The dialog begins on "Paste"; the focus comes back to it when it went away with "Clear". */
function usePasteFocus(isEmpty: boolean) {
  const button = useRef<HTMLButtonElement>(null)
  const hasBegun = useRef(false)
  useLayoutEffect(() => {
    if (isEmpty && (!hasBegun.current || isFocusLost())) button.current?.focus()
    hasBegun.current = true
  }, [isEmpty])
  return button
}

/** Whether the focused element went away: the focus then stands on nothing. */
export function isFocusLost(): boolean {
  const { activeElement } = document
  return activeElement === null || activeElement === document.body
}
