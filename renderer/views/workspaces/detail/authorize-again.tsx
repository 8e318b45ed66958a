import type { InstallationView } from '../../../../main/contract/views.ts'
import { Button } from '../../../parts/button.tsx'
import type { Authorize } from '../use-authorize.ts'

export interface AuthorizeAgainProps {
  readonly installation: InstallationView
  readonly authorize: Authorize
}

/** The one way on for a dead token; nothing where no Slack app is known to authorize with. */
export function AuthorizeAgain({ installation, authorize }: AuthorizeAgainProps) {
  const { id, slackAppId } = installation
  if (slackAppId === null) return null
  return (
    <Button
      size="row"
      busyLabel={authorize.isBusy ? 'Opening…' : undefined}
      onPress={() => void authorize.begin(slackAppId, id)}
    >
      Authorize again
    </Button>
  )
}
