import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { FootNote } from '../add-slack-app/foot-note.tsx'
import { isOneWay } from '../slack-apps/manifest/one-way-warnings.tsx'
import type { NewAppState } from './use-new-app.ts'

interface NewAppFootProps {
  readonly state: NewAppState
  readonly onCancel: () => void
}

/** What comes next once Slack’s page is open, and the acts. */
export function NewAppFoot({ state, onCancel }: NewAppFootProps) {
  const { hasToken, draft } = state
  return (
    <>
      {state.wasOpened && (
        <div className="form-failure">
          <Notice
            kind="done"
            title="Slack’s page is open with this manifest"
            actions={
              <Button size="row" kind="filled" onPress={state.addWithIds}>
                Add Slack app
              </Button>
            }
          >
            Click Create there. Then add the app here with its client ID and client secret.
          </Notice>
        </div>
      )}
      <footer className="form-foot">
        <FootNote problems={state.problems} />
        <Button onPress={onCancel}>Cancel</Button>
        <Button
          kind={hasToken || state.wasOpened ? 'outline' : 'filled'}
          icon="external"
          busyLabel={state.busy === 'prefill' ? 'Opening…' : undefined}
          onPress={state.prefill}
        >
          Open prefilled in Slack
        </Button>
        {hasToken && (
          <Button
            kind="filled"
            type="submit"
            busyLabel={state.busy === 'create' ? 'Creating…' : undefined}
          >
            {draft.view && isOneWay(draft.view) ? 'Create on Slack…' : 'Create on Slack'}
          </Button>
        )}
      </footer>
    </>
  )
}
