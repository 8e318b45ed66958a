import { Button } from '../../parts/button.tsx'
import { ScopePicker } from '../../parts/scope-picker.tsx'
import { CLASSIC_SCOPES, KNOWN_SCOPES } from '../slack-apps/scope-meanings.ts'
import { hasForbiddenBotScopes, type ScopesForm } from './check-scopes.ts'
import { scopeWarning } from './scope-warning.ts'

type ChosenScopes = Pick<ScopesForm, 'botScopes' | 'userScopes' | 'botTyped' | 'userTyped'>

interface ScopeListsProps {
  readonly form: ScopesForm
  readonly problems: {
    readonly botScopes?: string | undefined
    readonly userScopes?: string | undefined
  }
  readonly onChange: (over: Partial<ChosenScopes> | { readonly strategy: 'https' }) => void
}

/** What the app asks for: as a bot and as the user, or in one list where the flow has one. */
export function ScopeLists(props: ScopeListsProps) {
  return (
    <>
      {props.form.flow === 'v2' && <BotScopes {...props} />}
      <UserScopes {...props} />
    </>
  )
}

function BotScopes({ form, problems, onChange }: ScopeListsProps) {
  return (
    <div className="form-scopes">
      <ScopePicker
        label="Bot scopes"
        name="botScopes"
        known={KNOWN_SCOPES.bot}
        value={{ chosen: form.botScopes, typed: form.botTyped }}
        onChange={({ chosen, typed }) => onChange({ botScopes: chosen, botTyped: typed })}
        problem={problems.botScopes}
        warning={scopeWarning('bot', form.botScopes)}
        isOptional={form.strategy === 'pkce'}
      />
      {hasForbiddenBotScopes(form) && problems.botScopes !== undefined && (
        <div className="form-scope-acts">
          <Button size="row" onPress={() => onChange({ botScopes: [] })}>
            Remove bot scopes
          </Button>
          <Button size="row" onPress={() => onChange({ strategy: 'https' })}>
            Use https on localhost
          </Button>
        </div>
      )}
    </div>
  )
}

function UserScopes({ form, problems, onChange }: ScopeListsProps) {
  // Classic scopes are a list of their own, which Slack does not extend any more: no proposal is wrong there.
  const isClassic = form.flow === 'v1'
  return (
    <ScopePicker
      label={isClassic ? 'Scopes' : 'User scopes'}
      name="userScopes"
      known={isClassic ? CLASSIC_SCOPES : KNOWN_SCOPES.user}
      value={{ chosen: form.userScopes, typed: form.userTyped }}
      onChange={({ chosen, typed }) => onChange({ userScopes: chosen, userTyped: typed })}
      problem={problems.userScopes}
      warning={isClassic ? undefined : scopeWarning('user', form.userScopes)}
      isOptional={form.flow === 'v2' && form.strategy !== 'pkce'}
    />
  )
}
