import { createContext, useContext, useEffect } from 'react'

/** Keeps the page until the returned function is called. */
export type HoldPage = () => () => void

/** Filled by `Gate`; elsewhere there is nothing to hold. */
export const HoldPageContext = createContext<HoldPage>(() => () => {})

/**
 * While `isHeld`, the page stays although the vault opens or closes: for an act that does this itself,
 * such as a restore into a new vault, whose answer would otherwise come to a page that is gone. Hold no
 * page that shows what a lock has to hide for longer than the act takes.
 */
export function useHoldPage(isHeld: boolean): void {
  const hold = useContext(HoldPageContext)
  useEffect(() => (isHeld ? hold() : undefined), [isHeld, hold])
}
