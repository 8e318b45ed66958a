import './redirect-lines.css'
import { type LoopbackStrategy, redirectUrls } from '../../../main/contract/redirect.ts'
import type { EnvironmentRef } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { CodeLine } from '../../parts/code-line.tsx'
import { useCopied } from './use-copied.ts'

interface RedirectLinesProps {
  readonly strategy: LoopbackStrategy
  readonly environment: EnvironmentRef
  /** A second button beside "Copy all three". */
  readonly action?: React.ReactNode
}

/** The redirect URLs to register with Slack: each to copy, and all three at once, one per line. */
export function RedirectLines({ strategy, environment, action }: RedirectLinesProps) {
  const api = useApi()
  const copying = useCall()
  const { copied, mark } = useCopied<number | 'all'>()

  async function copy(index: number | null): Promise<void> {
    const done = await copying.run(() =>
      api.call['slack-apps/copy-redirect-urls'](strategy, index, environment),
    )
    if (done !== undefined) mark(index ?? 'all')
  }
  return (
    <div className="redirect-lines">
      {redirectUrls(strategy, environment).map((url, index) => (
        <CodeLine
          key={url}
          text={url}
          copyLabel={`Copy redirect URL ${index + 1}`}
          isCopied={copied === index}
          onCopy={() => void copy(index)}
        />
      ))}
      <div className="redirect-acts">
        <Button
          size="row"
          icon={copied === 'all' ? 'check' : 'copy'}
          onPress={() => void copy(null)}
        >
          {copied === 'all' ? 'Copied' : 'Copy all three'}
        </Button>
        {action}
        <span className="said-only" role="status">
          {copied === 'all' && 'All three redirect URLs copied'}
        </span>
      </div>
      {copying.failure && <FailureNotice failure={copying.failure} />}
    </div>
  )
}
