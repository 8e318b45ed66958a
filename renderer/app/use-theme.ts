import { useLayoutEffect } from 'react'
import type { AppInfo } from '../../main/contract/views.ts'

/** `data-theme` on the root element: light or dark as chosen, absent to follow the system. */
export function useTheme(theme: AppInfo['theme']): void {
  useLayoutEffect(() => {
    const root = document.documentElement
    if (theme === 'system') delete root.dataset.theme
    else root.dataset.theme = theme
  }, [theme])
}
