import { Checkbox } from '../../parts/checkbox.tsx'
import { TextField } from '../../parts/text-field.tsx'
import { BaseUrlField, EnvironmentField } from '../add-slack-app/environment-field.tsx'
import { OptionalScopes } from '../add-slack-app/optional-scopes.tsx'
import { ScopeLists } from '../add-slack-app/scope-lists.tsx'
import { StrategyFields } from '../add-slack-app/strategy-fields.tsx'
import type { NewAppState } from './use-new-app.ts'

interface NewAppFieldsProps {
  readonly state: NewAppState
  readonly hasPractice: boolean
}

/** What the manifest is made from. */
export function NewAppFields({ state, hasPractice }: NewAppFieldsProps) {
  const { form, change, problems } = state
  return (
    <div className="form-fields">
      <div className="form-pair">
        <TextField
          label="Name"
          name="name"
          value={form.name}
          problem={problems.name}
          onChange={(name) => change({ name })}
          maxLength={35}
          autoFocus
        />
        <TextField
          label="Description"
          name="description"
          isOptional
          value={form.description}
          onChange={(description) => change({ description })}
          maxLength={140}
        />
      </div>
      <EnvironmentField
        value={form.environment}
        hasPractice={hasPractice}
        onChange={(environment) => change({ environment })}
      />
      {form.environment === 'custom' && (
        <BaseUrlField
          value={form.baseUrl}
          problem={problems.baseUrl}
          onChange={(baseUrl) => change({ baseUrl })}
          onLeave={() => undefined}
        />
      )}
      <StrategyFields
        strategy={form.strategy}
        redirectUrl={form.redirectUrl}
        warnsOfPkce={form.strategy === 'pkce'}
        problem={problems.redirectUrl}
        onStrategy={(strategy) => change({ strategy })}
        onRedirectUrl={(redirectUrl) => change({ redirectUrl })}
        onLeave={() => undefined}
      />
      <ScopeLists form={form} problems={problems} onChange={change} />
      {form.botScopes.length + form.userScopes.length > 0 && (
        <OptionalScopes
          scopes={[...form.botScopes, ...form.userScopes]}
          optional={form.optionalScopes}
          onChange={(optionalScopes) => change({ optionalScopes })}
        />
      )}
      <Settings state={state} />
    </div>
  )
}

function Settings({ state: { form, change } }: Pick<NewAppFieldsProps, 'state'>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the look of a field is on the div
    <div className="field new-app-settings" role="group" aria-label="Settings">
      <span className="field-label" aria-hidden="true">
        Settings
      </span>
      <Checkbox
        isSelected={form.tokenRotation}
        onChange={(tokenRotation) => change({ tokenRotation })}
        description="Tokens live 12 hours and are refreshed. It cannot be turned off again."
      >
        Token rotation
      </Checkbox>
      <Checkbox
        isSelected={form.socketMode}
        onChange={(socketMode) => change({ socketMode })}
        description="Events come through a connection that your program opens. Needs an app-level token."
      >
        Socket Mode
      </Checkbox>
      <Checkbox
        isSelected={form.orgDeploy}
        onChange={(orgDeploy) => change({ orgDeploy })}
        description="An Enterprise organization can install the app once for its workspaces."
      >
        Org-wide deploy
      </Checkbox>
    </div>
  )
}
