import { useEffect, useState } from 'react'
import { Button } from '../../../parts/button.tsx'

/** How long "Copied" stands in the button's place. */
const SAYS_COPIED_MS = 2000

/** "Copy env line"; says "Copied" for 2 s. The toast is what is spoken. */
export function CopyButton({ onCopy }: { readonly onCopy: () => Promise<boolean> }) {
  const [copies, setCopies] = useState(0)
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (copies === 0) return
    setCopied(true)
    const timer = setTimeout(() => setCopied(false), SAYS_COPIED_MS)
    return () => clearTimeout(timer)
  }, [copies])
  return (
    <span className="copy-button">
      <Button
        kind="soft"
        size="row"
        icon={isCopied ? 'check' : 'copy'}
        onPress={() => void onCopy().then((done) => done && setCopies((count) => count + 1))}
      >
        {isCopied ? 'Copied' : 'Copy env line'}
      </Button>
    </span>
  )
}
