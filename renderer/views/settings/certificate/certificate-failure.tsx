import type { Failure } from '../../../../main/contract/errors.ts'
import { Notice } from '../../../parts/notice.tsx'

/** Why it cannot be trusted on this computer. A command line to type stands between backticks. */
export function CertificateFailure({ failure }: { readonly failure: Failure }) {
  return (
    <Notice kind="warning" title={failure.message}>
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
