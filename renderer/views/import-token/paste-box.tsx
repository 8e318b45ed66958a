import { useId, useLayoutEffect, useRef } from 'react'
import { keysLabel } from '../../app/shortcuts.ts'
import { Button } from '../../parts/button.tsx'
import type { ImportState } from './use-import-draft.ts'

interface PasteBoxProps {
  readonly state: ImportState
  readonly onPaste: () => void
  readonly onClear: () => void
}

/** Stands where a field would: the pasted text is read by main and is never in the page. */
export function PasteBox({ state, onPaste, onClear }: PasteBoxProps) {
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
          {draft
            ? `${draft.lineCount === 1 ? '1 line' : `${draft.lineCount} lines`} pasted, hidden`
            : `Copy the token, then press ${keysLabel('V')} or “Paste”.`}
          {draft && (
            <span className="paste-box-dots" aria-hidden="true">
              ••••••••••••••••••••••
            </span>
          )}
        </p>
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
      </div>
    </div>
  )
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
