import './configuration-tokens.css'
import type { ReactNode } from 'react'
import type { EnvironmentRef } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { FailureNotice } from '../../../app/failure-notice.tsx'
import { useNavigation } from '../../../app/navigation.ts'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { Notice } from '../../../parts/notice.tsx'

interface NoTokenNoticeProps {
  readonly environment: EnvironmentRef
  /** What Slack does with one: "creates apps" or "changes apps". */
  readonly does: string
  /** What can be done without one. */
  readonly children: ReactNode
}

/** Why Slack is not asked directly, where Slack makes configuration tokens, and the way to import one. */
export function NoTokenNotice({ environment, does, children }: NoTokenNoticeProps) {
  const api = useApi()
  const { go } = useNavigation()
  const opening = useCall()
  return (
    <div className="no-token">
      <Notice
        kind="note"
        title={`Slack ${does} only with a configuration token`}
        actions={
          <>
            <Button size="row" onPress={() => go({ dialog: { kind: 'import' } })}>
              Import token
            </Button>
            <Button
              size="row"
              icon="external"
              onPress={() =>
                void opening.run(() => api.call['slack-apps/open-settings'](environment))
              }
            >
              Open app settings
            </Button>
          </>
        }
      >
        You make one in Slack, below the list of your apps, under “Your App Configuration Tokens”.{' '}
        {children}
      </Notice>
      {opening.failure && <FailureNotice failure={opening.failure} />}
    </div>
  )
}
