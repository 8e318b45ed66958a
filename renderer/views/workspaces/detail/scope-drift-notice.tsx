import type { InstallationView, SidedScope } from '../../../../main/contract/views.ts'
import { Button } from '../../../parts/button.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { missingScopes } from '../installation-status.ts'
import type { Authorize } from '../use-authorize.ts'

interface ScopeDriftNoticeProps {
  readonly installation: InstallationView
  readonly authorize: Authorize
}

/** The Slack app wants scopes that Slack did not grant here: which, and the one click that adds them. */
export function ScopeDriftNotice({ installation, authorize }: ScopeDriftNoticeProps) {
  const { id, appName, slackAppId, drift } = installation
  const missing = missingScopes(installation)
  const [first, another] = missing
  if (!drift || first === undefined) return null
  const count = another === undefined ? '1 scope' : `${missing.length} scopes`
  return (
    <Notice
      kind="warning"
      title={`${count} of ${appName} ${another === undefined ? 'is' : 'are'} missing`}
      actions={
        slackAppId !== null && (
          <Button
            size="row"
            busyLabel={authorize.isBusy ? 'Opening…' : undefined}
            onPress={() => void authorize.begin(slackAppId, id)}
          >
            {`Reinstall to add ${another === undefined ? first : count}`}
          </Button>
        )
      }
    >
      <MissingScopes missing={drift.missing} />
    </Notice>
  )
}

/** "files:write, reactions:write"; where both a bot and a user token lack some, by who lacks it. */
function MissingScopes({ missing }: { readonly missing: readonly SidedScope[] }) {
  const sides = (['bot', 'user'] as const)
    .map((side) => ({ side, scopes: missing.filter((one) => one.side === side) }))
    .filter(({ scopes }) => scopes.length > 0)
  return sides.map(({ side, scopes }) => (
    <p key={side}>
      {sides.length > 1 && (side === 'bot' ? 'Bot: ' : 'User: ')}
      <code>{scopes.map(({ scope }) => scope).join(', ')}</code>
    </p>
  ))
}
