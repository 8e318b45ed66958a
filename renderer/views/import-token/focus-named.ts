/** Puts the focus into the field of that name in the open dialog. */
export function focusNamed(name: string): void {
  document.querySelector<HTMLElement>(`.dialog [name=${name}]`)?.focus()
}
