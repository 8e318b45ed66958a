import { SecretField } from '../../parts/secret-field.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { BaseUrlField, EnvironmentField } from './environment-field.tsx'
import { placeholderOf } from './more-fields.tsx'
import type { SlackAppFormState } from './use-slack-app-form.ts'

interface FieldsProps {
  readonly state: SlackAppFormState
}

/** Name, environment and the two values from Slack. */
export function IdentityFields({ state }: FieldsProps) {
  const { form, change, problems, onLeave } = state
  const hasPractice = form.environment === 'practice'
  return (
    <>
      <div className="form-pair" data-stacked={hasPractice || undefined}>
        <TextField
          label="Name"
          name="name"
          value={form.name}
          problem={problems.name}
          onChange={(name) => change({ name })}
          maxLength={200}
          autoFocus
        />
        <EnvironmentField
          value={form.environment}
          hasPractice={hasPractice}
          onChange={(environment) => change({ environment })}
        />
      </div>
      {form.environment === 'custom' && (
        <BaseUrlField
          value={form.baseUrl}
          problem={problems.baseUrl}
          onChange={(baseUrl) => change({ baseUrl })}
          onLeave={() => onLeave('baseUrl')}
        />
      )}
      <div className="form-pair">
        <TextField
          label="Client ID"
          name="clientId"
          isMono
          value={form.clientId}
          problem={problems.clientId}
          onChange={(clientId) => change({ clientId })}
          onBlur={() => onLeave('clientId')}
        />
        <ClientSecret state={state} />
        <p className="form-help">
          On your app’s page under Basic Information. The secret is sealed when you save.
        </p>
      </div>
    </>
  )
}

/** With PKCE its place says that there is none; the field stays behind it, so that going back loses nothing. */
function ClientSecret({ state: { form, problems, secrets } }: FieldsProps) {
  const isUnused = form.strategy === 'pkce'
  return (
    <>
      {isUnused && (
        <TextField
          label="Client secret"
          value=""
          onChange={() => undefined}
          isDisabled
          disabledReason="Not used with PKCE"
        />
      )}
      <div hidden={isUnused}>
        <SecretField
          ref={secrets.clientSecret.ref}
          label="Client secret"
          name="clientSecret"
          problem={problems.clientSecret}
          placeholder={placeholderOf(secrets.clientSecret.isStored)}
          onEdit={secrets.clientSecret.onEdit}
        />
      </div>
    </>
  )
}
