import './manifest-editor.css'
import { type KeyboardEvent, type RefObject, useMemo } from 'react'
import type { ManifestProblem } from '../../main/contract/views.ts'
import { indentLines } from './edit-text.ts'
import { type ManifestFormat, type MarkedLine, markLines } from './manifest-marks.ts'

interface ManifestEditorProps {
  /** The accessible name. */
  readonly label: string
  readonly text: string
  readonly format: ManifestFormat
  readonly problems: readonly ManifestProblem[]
  /** Without it the text can be read and copied only. */
  readonly onChange?: ((text: string) => void) | undefined
  /** Another text is on its way: a bar above, and nothing can be typed. */
  readonly isLoading?: boolean | undefined
  /** Id of the element that says what is wrong. */
  readonly describedBy?: string | undefined
  readonly ref?: RefObject<HTMLTextAreaElement | null> | undefined
}

/**
 * A text area over its own coloured copy, with line numbers. Tab leaves it; Ctrl or ⌘ with ] and [
 * moves lines in and out. The box around both scrolls, so that they never drift apart.
 */
export function ManifestEditor(props: ManifestEditorProps) {
  const { text, format, problems, onChange, isLoading = false } = props
  const lines = useMemo(() => markLines(text, format, problems), [text, format, problems])
  return (
    <div className="editor" data-loading={isLoading || undefined}>
      <div className="editor-sheet">
        <pre className="editor-lines" aria-hidden="true">
          {lines.map((line) => (
            <Line key={line.number} line={line} />
          ))}
        </pre>
        <textarea
          ref={props.ref}
          className="editor-text"
          aria-label={props.label}
          aria-describedby={props.describedBy}
          aria-invalid={problems.some(({ severity }) => severity === 'problem') || undefined}
          aria-busy={isLoading || undefined}
          readOnly={onChange === undefined || isLoading}
          value={text}
          wrap="off"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => onChange?.(event.target.value)}
          onKeyDown={onChange ? indentKeys : undefined}
        />
      </div>
    </div>
  )
}

function Line({ line }: { readonly line: MarkedLine }) {
  return (
    <div className="editor-line" data-severity={line.severity ?? undefined}>
      <span className="editor-number">{line.number}</span>
      <span>
        {line.stretches.map(({ kind, text }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no identity but their place
          <span key={index} data-kind={kind === 'plain' ? undefined : kind}>
            {text}
          </span>
        ))}
      </span>
    </div>
  )
}

function indentKeys(event: KeyboardEvent<HTMLTextAreaElement>): void {
  const step = event.key === ']' ? 1 : event.key === '[' ? -1 : null
  if (step === null || !(event.ctrlKey || event.metaKey) || event.altKey) return
  event.preventDefault()
  if (!event.currentTarget.readOnly) indentLines(event.currentTarget, step)
}
