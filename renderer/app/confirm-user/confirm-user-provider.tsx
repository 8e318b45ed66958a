import {
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useDesk } from '../desk-state.ts'
import { type Confirmed, ConfirmedContext } from './use-confirmed.ts'

// The widgets of a dialog are not needed for the first page.
const ConfirmUserDialog = lazy(async () => ({
  default: (await import('./confirm-user-dialog.tsx')).ConfirmUserDialog,
}))

/**
 * Answers `useConfirmed` below it, with one dialog for all: calls that need the user while it is open
 * wait for the same answer. Goes with the page when the vault locks, which calls all of them off.
 */
export function ConfirmUserProvider({ children }: { readonly children: ReactNode }) {
  const { isAsking, ask, answer } = useQuestion()
  const { userCheck } = useDesk().snapshot.security
  const confirmed = useCallback<Confirmed>(
    async (call) => {
      const result = await call()
      const isAskedFor = !result.ok && result.failure.code === 'USER_CHECK_REQUIRED'
      if (!isAskedFor || userCheck === null) return result
      return (await ask()) ? call() : null
    },
    [ask, userCheck],
  )
  return (
    <ConfirmedContext value={confirmed}>
      {children}
      {isAsking && userCheck !== null && (
        <Suspense fallback={null}>
          <ConfirmUserDialog kind={userCheck} onAnswer={answer} />
        </Suspense>
      )}
    </ConfirmedContext>
  )
}

/** One question at a time, and all who wait for its answer. */
function useQuestion() {
  const [isAsking, setAsking] = useState(false)
  const waiting = useRef<((isUser: boolean) => void)[]>([])
  const answer = useCallback((isUser: boolean) => {
    const all = waiting.current
    waiting.current = []
    setAsking(false)
    for (const resolve of all) resolve(isUser)
  }, [])
  const ask = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        waiting.current.push(resolve)
        setAsking(true)
      }),
    [],
  )
  useEffect(() => () => answer(false), [answer])
  return useMemo(() => ({ isAsking, ask, answer }), [isAsking, ask, answer])
}
