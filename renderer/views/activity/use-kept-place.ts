import { useLayoutEffect, useRef } from 'react'
import type { Row } from './row-layout.ts'

/**
 * What the user looks at stays where it is while entries come above it. What is chosen anew begins at
 * the top.
 */
export function useKeptPlace(
  body: { readonly current: HTMLElement | null },
  rows: readonly Row[],
  choice: object,
): void {
  const before = useRef({ rows, choice })
  useLayoutEffect(() => {
    const node = body.current
    const last = before.current
    before.current = { rows, choice }
    if (!node || last.rows === rows) return
    if (last.choice !== choice) {
      node.scrollTop = 0
      return
    }
    const { scrollTop } = node
    if (scrollTop === 0) return
    const anchor = last.rows.find((row) => row.kind === 'entry' && row.top >= scrollTop)
    const now = anchor && rows.find(({ id }) => id === anchor.id)
    if (now && now.top !== anchor.top) node.scrollTop = scrollTop + now.top - anchor.top
  }, [body, rows, choice])
}
