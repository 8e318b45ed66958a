import type { ReactNode } from 'react'
import type { Failure, Remedy } from '../../main/contract/errors.ts'
import { Button } from '../parts/button.tsx'
import { Notice } from '../parts/notice.tsx'
import { useApi } from './api.ts'

interface FailureNoticeProps {
  readonly failure: Failure
  /** Does what the button says. Without it only the remedies that need no place are offered. */
  readonly onRemedy?: ((remedy: Remedy) => void) | undefined
  /** A second button, such as "Cancel". */
  readonly actions?: ReactNode | undefined
}

/** A failure beside the act that failed: what happened, what to do, and the button that does it. */
export function FailureNotice({ failure, onRemedy, actions }: FailureNoticeProps) {
  const api = useApi()
  const label = remedyLabel(failure.remedy)
  const runs = ownRemedies(api)[failure.remedy] ?? onRemedy
  return (
    <Notice
      kind="problem"
      title={failure.message}
      actions={
        <>
          {label !== null && runs && (
            <Button size="row" onPress={() => runs(failure.remedy)}>
              {label}
            </Button>
          )}
          {actions}
        </>
      }
    >
      {failure.advice}
      {failure.slackCode !== undefined && (
        <span className="failure-code"> Slack’s code: {failure.slackCode}.</span>
      )}
    </Notice>
  )
}

/** The words of a remedy's button; null where the advice says all there is to do. */
export function remedyLabel(remedy: Remedy): string | null {
  switch (remedy) {
    case 'none':
      return null
    case 'retry':
      return 'Try again'
    case 'paste-address':
      return 'Paste the address instead'
    case 'edit-slack-app':
      return 'Edit Slack app'
    case 'open-app-settings':
      return 'Open app settings'
    case 'authorize-again':
      return 'Authorize again'
    case 'unlock':
      return 'Unlock'
    case 'start-afresh':
      return 'Start afresh…'
    case 'choose-file':
      return 'Choose another file…'
    case 'preview-again':
      return 'Look at the new preview'
    case 'quit':
      return 'Quit'
    case 'report':
      return 'Copy diagnostics'
    case 'confirm-user':
      return 'Show that it is you…'
    case 'restore-backup':
      return 'Restore from a backup…'
    default:
      return remedy satisfies never
  }
}

/** Remedies that are the same wherever the failure stands. */
function ownRemedies(
  api: ReturnType<typeof useApi>,
): Partial<Record<Remedy, (remedy: Remedy) => void>> {
  return {
    quit: () => void api.call['desk/quit'](),
    report: () => void api.call['desk/copy-diagnostics'](),
  }
}
