import { useLayoutEffect, useState } from 'react'

/** Of a window in which nothing is laid out yet. */
const GUESS = { width: 840, height: 600 }

/** Width and height of an element in CSS pixels, followed as it changes. */
export function useSize(element: { readonly current: HTMLElement | null }): {
  readonly width: number
  readonly height: number
} {
  const [size, setSize] = useState(GUESS)
  useLayoutEffect(() => {
    const node = element.current
    if (!node || typeof ResizeObserver === 'undefined') return
    const look = () => setSize({ width: node.clientWidth, height: node.clientHeight })
    const observer = new ResizeObserver(look)
    observer.observe(node)
    look()
    return () => observer.disconnect()
  }, [element])
  return size
}
