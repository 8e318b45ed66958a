/** As `ref` of a button: F6 and Enter in the list come here first (ui 5.5: keys). */
export function markPaneStart(element: HTMLElement | null): void {
  element?.setAttribute('data-pane-start', '')
}
