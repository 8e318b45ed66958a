import './toast.css'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { ToastCard } from './toast-card.tsx'

/** A done-message; never a problem (ui: toast). */
export interface Toast {
  /** What was done, one short sentence. */
  readonly text: string
  readonly detail?: string | undefined
  /** Such as "Undo"; a toast with one stays 12 s instead of 6. */
  readonly action?: { readonly label: string; readonly onPress: () => void } | undefined
}

export interface ShownToast extends Toast {
  readonly id: number
}

interface Toasts {
  readonly shown: readonly ShownToast[]
  readonly show: (toast: Toast) => void
  readonly close: (id: number) => void
  readonly closeAll: () => void
}

const MOST_SHOWN = 2
const ToastContext = createContext<Toasts | null>(null)

/** Holds the toasts of one window; `ToastRegion` draws them. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState<{ next: number; shown: readonly ShownToast[] }>({
    next: 1,
    shown: [],
  })
  const show = useCallback((toast: Toast) => {
    setState(({ next, shown }) => ({
      next: next + 1,
      shown: [...shown, { ...toast, id: next }].slice(-MOST_SHOWN),
    }))
  }, [])
  const close = useCallback((id: number) => {
    setState((state) => ({ ...state, shown: state.shown.filter((toast) => toast.id !== id) }))
  }, [])
  const closeAll = useCallback(() => setState((state) => ({ ...state, shown: [] })), [])
  const value = useMemo(
    () => ({ shown: state.shown, show, close, closeAll }),
    [state.shown, show, close, closeAll],
  )
  return <ToastContext value={value}>{children}</ToastContext>
}

/** `show` says at the lower right that something was done; `closeAll` takes everything off, as on lock. */
export function useToasts(): Pick<Toasts, 'show' | 'closeAll'> {
  return useToastContext()
}

/** The corner where toasts come up, spoken politely. One per window, inside `ToastProvider`. */
export function ToastRegion() {
  const { shown, close } = useToastContext()
  return (
    <section className="toast-region" aria-label="Notifications">
      <div className="toast-stack" role="status" aria-atomic="false">
        {shown.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onClose={() => close(toast.id)} />
        ))}
      </div>
    </section>
  )
}

function useToastContext(): Toasts {
  const toasts = useContext(ToastContext)
  if (!toasts) throw new TypeError('Toasts need a ToastProvider above them')
  return toasts
}
