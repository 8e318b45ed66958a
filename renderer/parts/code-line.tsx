import './code-line.css'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'

interface CodeLineProps {
  readonly text: string
  /** Name of the copy button, such as "Copy redirect URL 1". */
  readonly copyLabel?: string | undefined
  readonly onCopy?: (() => void) | undefined
  readonly isCopied?: boolean | undefined
}

/** One line to be copied exactly as it stands: a URL, a command. Never a secret. */
export function CodeLine({ text, copyLabel, onCopy, isCopied }: CodeLineProps) {
  return (
    <div className="code-line">
      {/* What cannot be copied by a button is shown whole. Else “Copied” must move nothing. */}
      <code className={onCopy ? 'code-line-text cut' : 'code-line-text'} title={text}>
        {text}
      </code>
      <span role="status" className="code-line-copied">
        {isCopied && (
          <>
            <Icon name="check" size={14} />
            Copied
          </>
        )}
      </span>
      {onCopy && !isCopied && (
        <IconButton label={copyLabel ?? 'Copy'} icon="copy" onPress={onCopy} />
      )}
    </div>
  )
}
