import type { RedirectStrategy } from '../../../main/contract/redirect.ts'
import type { EnvironmentRef } from '../../../main/contract/views.ts'
import { Button } from '../../parts/button.tsx'
import { RadioRows } from '../../parts/radio-rows.tsx'
import { ScopePicker } from '../../parts/scope-picker.tsx'
import { SecretField } from '../../parts/secret-field.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { KNOWN_SCOPES } from '../slack-apps/scope-meanings.ts'
import { STRATEGY_NAMES } from '../slack-apps/strategy-names.ts'
import { hasForbiddenBotScopes } from './check-form.ts'
import { scopeWarning } from './scope-warning.ts'
import type { SlackAppFormState } from './use-slack-app-form.ts'

interface FieldsProps {
  readonly state: SlackAppFormState
}

/** Name, environment and the two values from Slack. */
export function IdentityFields({ state }: FieldsProps) {
  const { form, change, problems, onLeave } = state
  return (
    <>
      <div className="form-pair">
        <TextField
          label="Name"
          name="name"
          value={form.name}
          problem={problems.name}
          onChange={(name) => change({ name })}
          maxLength={200}
          autoFocus
        />
        <EnvironmentField state={state} />
      </div>
      {form.environment === 'custom' && (
        <TextField
          label="Base URL"
          name="baseUrl"
          isMono
          placeholder="https://slack.example.com"
          help="Of an emulator or another Slack. Tokens of this app are sent there alone."
          value={form.baseUrl}
          problem={problems.baseUrl}
          onChange={(baseUrl) => change({ baseUrl })}
          onBlur={() => onLeave('baseUrl')}
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

type EnvironmentKind = EnvironmentRef['kind']

const ENVIRONMENTS: readonly { readonly id: EnvironmentKind; readonly label: string }[] = [
  { id: 'slack', label: 'slack.com' },
  { id: 'govslack', label: 'GovSlack' },
  { id: 'custom', label: 'Custom' },
]
const PRACTICE = { id: 'practice', label: 'Practice' } as const

/** The practice Slack is offered for its own app only: Token Desk adds that one by itself. */
function EnvironmentField({ state: { form, change } }: FieldsProps) {
  const isPractice = form.environment === 'practice'
  return (
    <div className="field">
      <span className="field-label" aria-hidden="true">
        Slack environment
      </span>
      <Segmented
        label="Slack environment"
        options={isPractice ? [PRACTICE, ...ENVIRONMENTS] : ENVIRONMENTS}
        value={form.environment}
        onChange={(environment) => change({ environment })}
      />
    </div>
  )
}

/** With PKCE its place says that there is none; the field stays behind it, so that going back loses nothing. */
function ClientSecret({ state }: FieldsProps) {
  const { form, problems, hasStoredSecret } = state
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
          ref={state.secret}
          label="Client secret"
          name="clientSecret"
          problem={problems.clientSecret}
          placeholder={hasStoredSecret ? 'Stored. Type to replace it.' : undefined}
          onEdit={state.onSecretEdit}
        />
      </div>
    </>
  )
}

const STRATEGIES = [
  {
    id: 'https',
    title: STRATEGY_NAMES.https,
    sentence: 'Uses Token Desk’s own certificate. Right for most apps.',
    yields: 'Bot, user, webhook',
  },
  {
    id: 'pkce',
    title: STRATEGY_NAMES.pkce,
    sentence: 'No client secret. Cannot be switched off again in Slack.',
    yields: 'User only',
  },
  {
    id: 'paste',
    title: STRATEGY_NAMES.paste,
    sentence: 'Works with any redirect URL your app already has.',
    yields: 'Bot, user, webhook',
  },
] as const satisfies readonly { id: RedirectStrategy; [key: string]: string }[]

/** How Slack comes back, and the user's own redirect URL where that is needed. */
export function StrategyFields({ state }: FieldsProps) {
  const { form, change, problems, onLeave } = state
  return (
    <>
      <RadioRows
        label="How Slack returns to Token Desk"
        options={STRATEGIES}
        value={form.strategy}
        onChange={(strategy: RedirectStrategy) => change({ strategy })}
      />
      {form.strategy === 'paste' && (
        <TextField
          label="Redirect URL"
          name="redirectUrl"
          isMono
          placeholder="https://example.com/slack/callback"
          value={form.redirectUrl}
          problem={problems.redirectUrl}
          onChange={(redirectUrl) => change({ redirectUrl })}
          onBlur={() => onLeave('redirectUrl')}
        />
      )}
    </>
  )
}

/** What the app asks for, as a bot and as the user. */
export function ScopeFields({ state }: FieldsProps) {
  const { form, change, problems } = state
  return (
    <>
      <div className="form-scopes">
        <ScopePicker
          label="Bot scopes"
          name="botScopes"
          known={KNOWN_SCOPES.bot}
          value={{ chosen: form.botScopes, typed: form.botTyped }}
          onChange={({ chosen, typed }) => change({ botScopes: chosen, botTyped: typed })}
          problem={problems.botScopes}
          warning={scopeWarning('bot', form.botScopes)}
          isOptional={form.strategy === 'pkce'}
        />
        {hasForbiddenBotScopes(form) && problems.botScopes !== undefined && (
          <div className="form-scope-acts">
            <Button size="row" onPress={() => change({ botScopes: [] })}>
              Remove bot scopes
            </Button>
            <Button size="row" onPress={() => change({ strategy: 'https' })}>
              Use https on localhost
            </Button>
          </div>
        )}
      </div>
      <ScopePicker
        label="User scopes"
        name="userScopes"
        known={KNOWN_SCOPES.user}
        value={{ chosen: form.userScopes, typed: form.userTyped }}
        onChange={({ chosen, typed }) => change({ userScopes: chosen, userTyped: typed })}
        problem={problems.userScopes}
        warning={scopeWarning('user', form.userScopes)}
        isOptional={form.strategy !== 'pkce'}
      />
    </>
  )
}
