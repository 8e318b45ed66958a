import type { SecretRef, SlackAppView } from '../../../main/contract/views.ts'
import type { IconName } from '../../parts/icon.tsx'
import { SecretRow, ValueRow } from './secret-row.tsx'

type Field = Extract<SecretRef, { of: 'slack-app' }>['field']

/** "IDs and secrets": what other programs need of the app itself. */
export function SlackAppSecrets({ app }: { readonly app: SlackAppView }) {
  const secrets = secretsOf(app)
  return (
    <section className="detail-section" aria-labelledby="ids-and-secrets">
      <h2 id="ids-and-secrets">IDs and secrets</h2>
      <div className="credentials card">
        <ValueRow
          secretRef={refOf(app, 'clientId')}
          name="Client ID"
          icon="slack-app"
          value={app.clientId}
          writeTitle={`Client ID of ${app.name}`}
        />
        {secrets.map(({ field, name, icon, masked }) => (
          <SecretRow
            key={field}
            secretRef={refOf(app, field)}
            name={name}
            icon={icon}
            masked={masked}
            writeTitle={`${name} of ${app.name}`}
          />
        ))}
      </div>
      {app.clientSecretMasked === null && app.strategy === 'pkce' && (
        <p className="slack-app-note">A PKCE app has no client secret.</p>
      )}
    </section>
  )
}

/** The secrets that are stored, in Slack's order. */
function secretsOf(app: SlackAppView) {
  const all: readonly [Field, string, IconName, string | null][] = [
    ['clientSecret', 'Client secret', 'key', app.clientSecretMasked],
    ['signingSecret', 'Signing secret', 'shield', app.signingSecretMasked],
    ['verificationToken', 'Verification token', 'lock', app.verificationTokenMasked],
  ]
  return all.flatMap(([field, name, icon, masked]) =>
    masked === null ? [] : [{ field, name, icon, masked }],
  )
}

function refOf(app: SlackAppView, field: Field): SecretRef {
  return { of: 'slack-app', slackAppId: app.id, field }
}
