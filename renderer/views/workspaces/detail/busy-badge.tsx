import './busy-badge.css'
import { Spinner } from '../../../parts/spinner.tsx'

/** "Checking…", "Refreshing…": where a state stands otherwise. */
export function BusyBadge({ children }: { readonly children: string }) {
  return (
    <span className="badge busy-badge" data-tone="neutral">
      <Spinner />
      {children}
    </span>
  )
}
