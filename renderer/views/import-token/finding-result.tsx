import type { ImportFinding } from '../../../main/contract/views.ts'
import { Icon } from '../../parts/icon.tsx'
import { Spinner } from '../../parts/spinner.tsx'

interface FindingResultProps {
  readonly finding: ImportFinding
  readonly isChecking: boolean
  readonly hasConfigurationToken: boolean
}

/** At the right of a finding: the workspace that Slack named, or why there is none. */
export function FindingResult({ finding, isChecking, hasConfigurationToken }: FindingResultProps) {
  const { check } = finding
  if (isChecking) {
    return (
      <span className="finding-result">
        <Spinner />
        Checking…
      </span>
    )
  }
  if (check.kind === 'works') {
    return (
      <span className="finding-result" data-tone="ok">
        <Icon name="check-circle" size={14} />
        <span className="cut" title={check.workspaceName}>
          {check.workspaceName}
        </span>
      </span>
    )
  }
  if (check.kind === 'refused') {
    return (
      <span className="finding-result" data-tone="danger">
        <Icon name="problem" size={14} />
        Refused
      </span>
    )
  }
  return (
    <span className="finding-result">
      <Icon name="info" size={14} />
      {resultWords(finding, hasConfigurationToken)}
    </span>
  )
}

function resultWords({ kind, check }: ImportFinding, hasConfigurationToken: boolean): string {
  if (kind === 'unsupported') return 'Cannot be imported'
  if (kind === 'refresh') {
    return hasConfigurationToken
      ? 'Goes with the configuration token'
      : 'Needs its configuration token'
  }
  return check.kind === 'not-checked' ? 'Not checked' : 'Cannot be checked'
}
