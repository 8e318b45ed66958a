import type { Failure } from '../../../../main/contract/errors.ts'
import { Button } from '../../../parts/button.tsx'
import { Notice } from '../../../parts/notice.tsx'

interface CertificateFailureProps {
  readonly failure: Failure
  readonly onRetry: () => void
}

/** Why it cannot be trusted on this computer. A command line to type stands between backticks. */
export function CertificateFailure({ failure, onRetry }: CertificateFailureProps) {
  return (
    <Notice
      kind="warning"
      title={failure.message}
      actions={
        <Button size="row" icon="refresh" onPress={onRetry}>
          Look again
        </Button>
      }
    >
      <WithCommands text={failure.advice} />
    </Notice>
  )
}

function WithCommands({ text }: { readonly text: string }) {
  let start = 0
  return text.split('`').map((part, index) => {
    const key = start
    start += part.length + 1
    return index % 2 === 1 ? <code key={key}>{part}</code> : <span key={key}>{part}</span>
  })
}
