/**
 * Moves the focus to the next (or the previous) pane that is in view, round the end (ui: F6).
 * A pane is marked with `data-pane`; its first stop is `data-pane-start`, else its first control.
 */
export function focusNextPane(root: ParentNode, step: 1 | -1): void {
  const panes = [...root.querySelectorAll<HTMLElement>('[data-pane]')].filter(isInView)
  const at = panes.findIndex((pane) => pane.contains(document.activeElement))
  const from = at === -1 && step === -1 ? 0 : at
  for (let i = 1; i <= panes.length; i++) {
    const pane = panes[(from + step * i + panes.length * 2) % panes.length]
    if (pane && focusInto(pane)) return
  }
}

const STOPS =
  '[role=option][aria-selected=true],button:enabled,input:enabled,textarea:enabled,[tabindex="0"]'

/** Focuses the first stop of a pane; false when there is none. */
export function focusInto(pane: HTMLElement): boolean {
  const marked = pane.querySelector<HTMLElement>('[data-pane-start]')
  const stop = marked ?? [...pane.querySelectorAll<HTMLElement>(STOPS)].find(isInView)
  stop?.focus()
  return stop !== undefined
}

function isInView(element: HTMLElement): boolean {
  // The DOM of the tests lays nothing out and has no checkVisibility; there every pane is in view.
  return !('checkVisibility' in element) || element.checkVisibility()
}
