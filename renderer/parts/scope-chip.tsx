import './scope-chip.css'
import { Icon } from './icon.tsx'

interface ScopeChipProps {
  readonly scope: string
  /** granted (default), missing (would be added), unwanted (granted, no longer asked for). */
  readonly state?: 'granted' | 'missing' | 'unwanted' | undefined
  /** What the scope lets the app do; shown as the title. */
  readonly meaning?: string | undefined
}

const SAID = { granted: '', missing: ' (missing)', unwanted: ' (no longer wanted)' } as const

/** One scope as Slack spells it. */
export function ScopeChip({ scope, state = 'granted', meaning }: ScopeChipProps) {
  return (
    <span className="scope-chip" data-state={state} title={meaning}>
      {state === 'missing' && <Icon name="plus" size={12} />}
      {scope}
      {state !== 'granted' && <span className="said-only">{SAID[state]}</span>}
    </span>
  )
}
