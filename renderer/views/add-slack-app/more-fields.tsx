import { useId, useState } from 'react'
import { Icon } from '../../parts/icon.tsx'
import { SecretField } from '../../parts/secret-field.tsx'
import { OptionalScopes } from './optional-scopes.tsx'
import { askedScopes } from './slack-app-form.ts'
import type { SlackAppFormState } from './use-slack-app-form.ts'

/** "More", closed at first: what few apps need. The fields stay behind it, so that closing loses nothing. */
export function MoreFields({ state }: { readonly state: SlackAppFormState }) {
  const { form, change, problems, secrets } = state
  const id = useId()
  const [isWanted, setWanted] = useState(false)
  const hasProblem = (problems.signingSecret ?? problems.verificationToken) !== undefined
  const isOpen = isWanted || hasProblem
  const { botScopes, userScopes } = askedScopes(form)
  const hasOptional = form.flow === 'v2' || form.flow === 'v2-user'
  return (
    <div className="form-more">
      <div className="form-more-line">
        <button
          type="button"
          className="form-more-button"
          aria-expanded={isOpen}
          aria-controls={id}
          aria-describedby={`${id}-note`}
          onClick={() => setWanted(!isOpen)}
        >
          <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} size={14} />
          More
        </button>
        <span id={`${id}-note`} className="form-more-note">
          {hasOptional ? 'Other secrets, optional scopes' : 'Other secrets'}
        </span>
      </div>
      <div id={id} className="form-more-fields" hidden={!isOpen}>
        <div className="form-pair">
          <SecretField
            ref={secrets.signingSecret.ref}
            label="Signing secret"
            name="signingSecret"
            isOptional
            problem={problems.signingSecret}
            placeholder={placeholderOf(secrets.signingSecret.isStored)}
            onEdit={secrets.signingSecret.onEdit}
          />
          <SecretField
            ref={secrets.verificationToken.ref}
            label="Verification token"
            name="verificationToken"
            isOptional
            problem={problems.verificationToken}
            placeholder={placeholderOf(secrets.verificationToken.isStored)}
            onEdit={secrets.verificationToken.onEdit}
          />
          <p className="form-help">
            Token Desk does not use them. They are sealed here for your app’s env file.
          </p>
        </div>
        {hasOptional && (
          <OptionalScopes
            scopes={[...botScopes, ...userScopes]}
            optional={form.optionalScopes}
            onChange={(optionalScopes) => change({ optionalScopes })}
          />
        )}
      </div>
    </div>
  )
}

/** What stands in an empty secret field. */
export function placeholderOf(isStored: boolean): string | undefined {
  return isStored ? 'Stored. Type to replace it.' : undefined
}
