/** How far `Ctrl ]` moves a line; JSON and YAML manifests are both indented by two. */
const INDENT = '  '

/**
 * Puts `text` in place of the characters from `start` to `end`, as if it was typed: the field's undo
 * knows it, and its `input` event tells the page.
 */
export function replaceRange(
  field: HTMLTextAreaElement,
  start: number,
  end: number,
  text: string,
): void {
  field.focus()
  field.setSelectionRange(start, end)
  // Deprecated without a successor: nothing else keeps what was typed before undoable.
  const isDone = 'execCommand' in document && document.execCommand('insertText', false, text)
  if (isDone) return
  field.setRangeText(text, start, end, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

/** Moves the lines of the selection one step in (1) or out (-1), and keeps them selected. */
export function indentLines(field: HTMLTextAreaElement, step: 1 | -1): void {
  const { value, selectionStart, selectionEnd } = field
  const start = value.lastIndexOf('\n', selectionStart - 1) + 1
  const lineEnd = value.indexOf('\n', Math.max(selectionEnd, start))
  const end = lineEnd === -1 ? value.length : lineEnd
  const before = value.slice(start, end)
  const after = before.replaceAll(step === 1 ? /^/gm : /^ {1,2}/gm, step === 1 ? INDENT : '')
  if (after === before) return
  replaceRange(field, start, end, after)
  const isCaret = selectionStart === selectionEnd
  const caret = Math.max(start, selectionStart + after.length - before.length)
  field.setSelectionRange(isCaret ? caret : start, isCaret ? caret : start + after.length)
}

/** Replaces a word in one line (from 1); false when it does not stand there any more. */
export function replaceInLine(
  field: HTMLTextAreaElement,
  line: number,
  from: string,
  to: string,
): boolean {
  const lines = field.value.split('\n')
  const at = lines[line - 1]?.indexOf(from) ?? -1
  if (at === -1) return false
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, at)
  replaceRange(field, start, start + from.length, to)
  return true
}
