import { useState } from 'react'
import { useApi } from '../../app/api.ts'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'

/** The way out of a vault that cannot be opened; asks before it acts. */
export function StartAfresh({ size }: { readonly size?: 'default' | 'large' }) {
  const api = useApi()
  const starting = useCall()
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button kind="danger-outline" size={size} onPress={() => setAsking(true)}>
        Start afresh…
      </Button>
      <Dialog
        role="alertdialog"
        title="Start with an empty vault?"
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        width={480}
        problem={starting.failure}
        actions={
          <>
            <Button autoFocus onPress={() => setAsking(false)}>
              Cancel
            </Button>
            <Button
              kind="danger-filled"
              busyLabel={starting.isBusy ? 'Starting…' : undefined}
              onPress={() => void starting.run(api.call['vault/start-afresh'])}
            >
              Start afresh
            </Button>
          </>
        }
      >
        <p>
          Token Desk moves the old vault aside and keeps it. Your workspaces are not in the new one:
          authorize them again. Tokens in Slack and in your env files are not touched.
        </p>
      </Dialog>
    </>
  )
}
