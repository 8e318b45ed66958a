import './configuration-tokens.css'
import { useState } from 'react'
import { useDesk } from '../../../app/desk-state.ts'
import { Icon } from '../../../parts/icon.tsx'
import { Link } from '../../../parts/link.tsx'
import { configurationTokenMark, isUsable } from './configuration-token-words.ts'
import { TokensDialog } from './tokens-dialog.tsx'

/** Below the list: whether Slack can be asked to create and change apps, and the way to the tokens for it. */
export function TokensFoot() {
  const { snapshot, now } = useDesk()
  const [isOpen, setOpen] = useState(false)
  const tokens = snapshot.configurationTokens
  const bad = tokens.filter((token) => !isUsable(token, now))
  return (
    <div className="tokens-foot">
      <span className="tokens-foot-text" data-tone={bad.length > 0 ? 'warn' : undefined}>
        {bad.length > 0 && <Icon name="warning" size={14} />}
        <span>{words()}</span>
      </span>
      <Link onPress={() => setOpen(true)}>Manage</Link>
      {isOpen && <TokensDialog onClose={() => setOpen(false)} />}
    </div>
  )

  function words(): string {
    const [only, another] = tokens
    if (!only) return 'No configuration token'
    if (another) {
      if (bad.length === 0) return `${tokens.length} configuration tokens`
      return bad.length === 1
        ? '1 configuration token ended'
        : `${bad.length} configuration tokens ended`
    }
    return `Configuration token ${configurationTokenMark(only, now).label.toLowerCase()}`
  }
}
