import { useId } from 'react'
import { Checkbox } from '../../parts/checkbox.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { scopeMeaning } from '../slack-apps/scope-meanings.ts'
import { FLOWS, isOffered, SIGN_IN_SCOPES } from './flows.ts'
import { ScopeLists } from './scope-lists.tsx'
import type { SlackAppFormState } from './use-slack-app-form.ts'

interface FieldsProps {
  readonly state: SlackAppFormState
}

/** What the app asks for: Slack's way to ask, and the scopes that this way has. */
export function FlowFields({ state }: FieldsProps) {
  const { form, change, problems } = state
  const offered = FLOWS.filter(({ id }) => isOffered(id, form))
  const sentence = FLOWS.find(({ id }) => id === form.flow)?.sentence
  return (
    <>
      <div className="field form-flow">
        <span className="field-label" aria-hidden="true">
          What the app asks for
        </span>
        <Segmented
          label="What the app asks for"
          options={offered}
          value={form.flow}
          onChange={(flow) => change({ flow })}
        />
        <p className="form-help" role="status">
          {sentence}
        </p>
      </div>
      {form.flow === 'openid' ? (
        <SignInScopes state={state} />
      ) : (
        <ScopeLists form={form} problems={problems} onChange={change} />
      )}
    </>
  )
}

/** Fixed ones: Slack takes no others beside them. */
function SignInScopes({ state: { form, change } }: FieldsProps) {
  const id = useId()
  const chosen = form.signInScopes
  function toggle(scope: string, isSelected: boolean): void {
    change({
      signInScopes: SIGN_IN_SCOPES.filter((one) =>
        one === scope ? isSelected : chosen.includes(one),
      ),
    })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: the look of a field is on the div
    <div className="field" role="group" aria-labelledby={id}>
      <span className="field-label" id={id}>
        Sign-in scopes
      </span>
      {SIGN_IN_SCOPES.map((scope) => (
        <Checkbox
          key={scope}
          isSelected={chosen.includes(scope)}
          isDisabled={scope === 'openid'}
          onChange={(isSelected) => toggle(scope, isSelected)}
          description={scope === 'openid' ? 'Always asked for.' : scopeMeaning('user', scope)}
        >
          <code>{scope}</code>
        </Checkbox>
      ))}
    </div>
  )
}
