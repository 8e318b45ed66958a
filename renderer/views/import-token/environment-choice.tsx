import type { EnvironmentRef } from '../../../main/contract/views.ts'
import { useDesk } from '../../app/desk-state.ts'
import { Segmented } from '../../parts/segmented.tsx'
import { TextField } from '../../parts/text-field.tsx'

type Kind = EnvironmentRef['kind']

interface EnvironmentChoiceProps {
  readonly kind: Kind
  readonly baseUrl: string
  readonly problem: string | undefined
  readonly onChange: (kind: Kind, baseUrl: string) => void
}

const ENVIRONMENTS: readonly { readonly id: Kind; readonly label: string }[] = [
  { id: 'slack', label: 'slack.com' },
  { id: 'govslack', label: 'GovSlack' },
  { id: 'practice', label: 'Practice' },
  { id: 'custom', label: 'Custom' },
]

/** Which Slack the pasted tokens belong to. Practice is offered once it was tried. */
export function EnvironmentChoice({ kind, baseUrl, problem, onChange }: EnvironmentChoiceProps) {
  const { slackApps, installations } = useDesk().snapshot
  const hasPractice = [...slackApps, ...installations].some(
    ({ environment }) => environment.ref.kind === 'practice',
  )
  return (
    <>
      <div className="field">
        <span className="field-label" aria-hidden="true">
          Slack environment
        </span>
        <Segmented
          label="Slack environment"
          options={ENVIRONMENTS.filter(({ id }) => id !== 'practice' || hasPractice)}
          value={kind}
          onChange={(next) => onChange(next, baseUrl)}
        />
        <p className="field-note">
          A pasted token is checked with this Slack, and sent nowhere else.
        </p>
      </div>
      {kind === 'custom' && (
        <TextField
          label="Base URL"
          name="baseUrl"
          isMono
          placeholder="https://slack.example.com"
          value={baseUrl}
          problem={problem}
          onChange={(next) => onChange(kind, next)}
        />
      )}
    </>
  )
}
