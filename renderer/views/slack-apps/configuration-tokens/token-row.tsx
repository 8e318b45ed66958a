import { useState } from 'react'
import type { ConfigurationTokenView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { FailureNotice } from '../../../app/failure-notice.tsx'
import { useCall } from '../../../app/use-call.ts'
import { Badge } from '../../../parts/badge.tsx'
import { Button } from '../../../parts/button.tsx'
import { useToasts } from '../../../parts/toast.tsx'
import { onRemedyOf } from '../../workspaces/remedy-acts.ts'
import { SecretRow } from '../secret-row.tsx'
import { configurationTokenMark, isUsable } from './configuration-token-words.ts'
import { RemoveToken } from './remove-token.tsx'

/** One configuration token: whose it is, how long it lasts, and the acts on it. */
export function TokenRow({ token }: { readonly token: ConfigurationTokenView }) {
  const api = useApi()
  const { now } = useDesk()
  const { show } = useToasts()
  const refreshing = useCall()
  const [isRemoving, setRemoving] = useState(false)
  const { label, tone, icon } = configurationTokenMark(token, now)
  async function refresh(): Promise<void> {
    const done = await refreshing.run(() => api.call['configuration-tokens/refresh'](token.id))
    if (done !== undefined) show({ text: 'Configuration token refreshed.' })
  }
  return (
    <>
      <SecretRow
        secretRef={{
          of: 'configuration-token',
          configurationTokenId: token.id,
          field: 'token',
        }}
        name={tokenName(token)}
        icon="key"
        masked={token.masked}
        badge={
          <Badge tone={tone} icon={icon}>
            {label}
          </Badge>
        }
        why={factsOf(token)}
        isDead={!isUsable(token, now)}
        acts={
          <>
            {token.canRefresh && (
              <Button
                size="row"
                busyLabel={refreshing.isBusy ? 'Refreshing…' : undefined}
                onPress={() => void refresh()}
              >
                Refresh now
              </Button>
            )}
            <Button kind="danger-outline" size="row" onPress={() => setRemoving(true)}>
              Remove…
            </Button>
          </>
        }
      />
      {refreshing.failure && (
        <div className="token-failure">
          <FailureNotice
            failure={refreshing.failure}
            onRemedy={onRemedyOf(refreshing.failure, {
              retry: () => void refresh(),
              'open-app-settings': () =>
                void api.call['slack-apps/open-settings'](token.environment.ref),
            })}
          />
        </div>
      )}
      {isRemoving && (
        <RemoveToken token={token} name={tokenName(token)} onClose={() => setRemoving(false)} />
      )}
    </>
  )
}

/** The workspace, for Slack makes one token per user and workspace. */
function tokenName({ teamName, teamId }: ConfigurationTokenView): string {
  return teamName ?? teamId ?? 'Workspace not known yet'
}

function factsOf({ environment, userId, slackCode }: ConfigurationTokenView): string {
  const facts = [
    environment.label,
    userId === null ? null : `user ${userId}`,
    slackCode === null ? null : `Slack: ${slackCode}`,
  ]
  return facts.filter((fact) => fact !== null).join(' · ')
}
