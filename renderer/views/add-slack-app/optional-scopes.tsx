import { useId } from 'react'
import { Checkbox } from '../../parts/checkbox.tsx'

interface OptionalScopesProps {
  /** Those that are chosen, of both lists. */
  readonly scopes: readonly string[]
  readonly optional: readonly string[]
  readonly onChange: (optional: string[]) => void
}

/** Which of the chosen scopes the user may untick on Slack's page (slack-auth section 1). */
export function OptionalScopes({ scopes, optional, onChange }: OptionalScopesProps) {
  const id = useId()
  const all = [...new Set(scopes)]
  return (
    // biome-ignore lint/a11y/useSemanticElements: the look of a field is on the div
    <div className="field" role="group" aria-labelledby={id}>
      <span className="field-label" id={id}>
        Optional scopes
      </span>
      <p className="form-help">
        {all.length === 0
          ? 'Choose scopes first. Then mark those that a user may untick on Slack’s page.'
          : 'Tick those that a user may untick on Slack’s page. Token Desk then does not call them missing.'}
      </p>
      <div className="form-optional">
        {all.map((scope) => (
          <Checkbox
            key={scope}
            isSelected={optional.includes(scope)}
            onChange={(isSelected) =>
              onChange(all.filter((one) => (one === scope ? isSelected : optional.includes(one))))
            }
          >
            <code>{scope}</code>
          </Checkbox>
        ))}
      </div>
    </div>
  )
}
