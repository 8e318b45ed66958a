import { type FocusEvent, useEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import type { ShownToast } from './toast.tsx'

const STAYS_MS = 6_000
const STAYS_WITH_ACTION_MS = 12_000

/** One toast. Its time stands still while the pointer or the focus is on it. */
export function ToastCard(props: { readonly toast: ShownToast; readonly onClose: () => void }) {
  const { toast, onClose } = props
  const [isHeld, setHeld] = useState(false)
  const cameFrom = useRef<Element | null>(null)
  const close = useRef(onClose)
  close.current = onClose
  const staysMs = toast.action ? STAYS_WITH_ACTION_MS : STAYS_MS

  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => close.current(), staysMs)
    return () => clearTimeout(timer)
  }, [isHeld, staysMs])

  function closeAndReturn(): void {
    onClose()
    if (cameFrom.current instanceof HTMLElement) cameFrom.current.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hover and focus only hold the toast's time
    <div
      className="toast"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={(event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget))
          cameFrom.current = event.relatedTarget
        setHeld(true)
      }}
      onBlur={() => setHeld(false)}
    >
      <Icon name="check-circle" />
      <p className="toast-text">
        <strong>{toast.text}</strong>
        {toast.detail !== undefined && ` ${toast.detail}`}
      </p>
      {toast.action && (
        <Button
          size="row"
          onPress={() => {
            toast.action?.onPress()
            closeAndReturn()
          }}
        >
          {toast.action.label}
        </Button>
      )}
      <IconButton label="Close" icon="close" onPress={closeAndReturn} />
    </div>
  )
}
