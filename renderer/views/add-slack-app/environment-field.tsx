import type { EnvironmentRef } from '../../../main/contract/views.ts'
import { Segmented } from '../../parts/segmented.tsx'
import { TextField } from '../../parts/text-field.tsx'

type EnvironmentKind = EnvironmentRef['kind']

/** In the order that the import has too. */
const ENVIRONMENTS: readonly { readonly id: EnvironmentKind; readonly label: string }[] = [
  { id: 'slack', label: 'slack.com' },
  { id: 'govslack', label: 'GovSlack' },
  { id: 'practice', label: 'Practice' },
  { id: 'custom', label: 'Custom' },
]

interface EnvironmentFieldProps {
  readonly value: EnvironmentKind
  readonly onChange: (environment: EnvironmentKind) => void
  /** Token Desk adds the practice app by itself, so the practice Slack is offered where it is in use. */
  readonly hasPractice: boolean
}

/** Which Slack the app is on. */
export function EnvironmentField({ value, onChange, hasPractice }: EnvironmentFieldProps) {
  return (
    <div className="field">
      <span className="field-label" aria-hidden="true">
        Slack environment
      </span>
      <Segmented
        label="Slack environment"
        options={ENVIRONMENTS.filter(({ id }) => id !== 'practice' || hasPractice)}
        value={value}
        onChange={onChange}
      />
    </div>
  )
}

interface BaseUrlFieldProps {
  readonly value: string
  readonly problem: string | undefined
  readonly onChange: (baseUrl: string) => void
  readonly onLeave: () => void
}

/** Of a custom environment. */
export function BaseUrlField({ value, problem, onChange, onLeave }: BaseUrlFieldProps) {
  return (
    <TextField
      label="Base URL"
      name="baseUrl"
      isMono
      placeholder="https://slack.example.com"
      help="Of an emulator or another Slack. Tokens of this app are sent there alone."
      value={value}
      problem={problem}
      onChange={onChange}
      onBlur={onLeave}
    />
  )
}
