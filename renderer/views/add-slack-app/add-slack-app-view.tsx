import './add-slack-app.css'
import { useCallback } from 'react'
import { useDesk } from '../../app/desk-state.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useNavigation } from '../../app/navigation.ts'
import { isFirstRun } from '../../app/screens.tsx'
import { Button } from '../../parts/button.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { checkForm } from './check-form.ts'
import { DiscardDialog } from './discard-dialog.tsx'
import { FlowFields } from './flow-fields.tsx'
import { FootNote } from './foot-note.tsx'
import { IdentityFields } from './identity-fields.tsx'
import { MoreFields } from './more-fields.tsx'
import { PkceDialog } from './pkce-dialog.tsx'
import { RedirectAside } from './redirect-aside.tsx'
import { environmentOf } from './slack-app-form.ts'
import { StrategyFields } from './strategy-fields.tsx'
import { useSlackAppForm } from './use-slack-app-form.ts'

/** The full-width form for a new Slack app, or for changing the one with this id. */
export function AddSlackAppView({ slackAppId }: { readonly slackAppId: string | null }) {
  const { slackApps } = useDesk().snapshot
  const app = slackApps.find(({ id }) => id === slackAppId)
  const state = useSlackAppForm(app)
  const close = useClose()
  const { form, formRef, failure } = state
  return (
    <>
      <form
        ref={formRef}
        className="form-page"
        data-pane=""
        aria-labelledby="slack-app-form-title"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void state.submit()
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented) return
          close()
        }}
      >
        <header className="form-head">
          <IconButton label="Back" icon="chevron-left" onPress={close} />
          <h1 id="slack-app-form-title" className="cut">
            {app ? `Edit ${app.name}` : 'Add a Slack app'}
          </h1>
          {!app && <FromManifest />}
        </header>
        <div className="form-middle">
          <div className="form-fields">
            <IdentityFields state={state} />
            <StrategyFields
              strategy={form.strategy}
              redirectUrl={form.redirectUrl}
              showsYields={form.flow === 'v2'}
              warnsOfPkce={state.turnsOnPkce}
              problem={state.problems.redirectUrl}
              onStrategy={(strategy) => state.change({ strategy })}
              onRedirectUrl={(redirectUrl) => state.change({ redirectUrl })}
              onLeave={() => state.onLeave('redirectUrl')}
            />
            <FlowFields state={state} />
            <MoreFields state={state} />
          </div>
          <RedirectAside
            strategy={form.strategy}
            environment={environmentOf(form)}
            canOpen={form.environment !== 'custom' || checkForm(form).baseUrl === undefined}
          />
        </div>
        {failure && (
          <div className="form-failure">
            <FailureNotice failure={failure} onRemedy={() => void state.submit()} />
          </div>
        )}
        <footer className="form-foot">
          <FootNote problems={state.problems}>
            {!app && 'You can change all of this later.'}
          </FootNote>
          <Button onPress={close}>Cancel</Button>
          <Button kind="filled" type="submit" busyLabel={state.isBusy ? 'Saving…' : undefined}>
            {app ? 'Save changes' : 'Add Slack app'}
          </Button>
        </footer>
      </form>
      <DiscardDialog isDirty={state.isDirty} />
      {state.asking && app && (
        <PkceDialog
          appName={app.name}
          onConfirm={state.asking.confirm}
          onCancel={state.asking.cancel}
        />
      )}
    </>
  )
}

/** The other way to a new app: Slack creates it. */
function FromManifest() {
  const { go } = useNavigation()
  return (
    <Button
      kind="quiet"
      size="row"
      icon="external"
      onPress={() => go({ isAddingSlackApp: true, addingBy: 'manifest' })}
    >
      New app from a manifest…
    </Button>
  )
}

/** Leads back to where the form was opened from; the leave guard asks first where there are changes. */
function useClose(): () => void {
  const { go } = useNavigation()
  const { snapshot } = useDesk()
  const screen = isFirstRun(snapshot) ? 'workspaces' : 'slack-apps'
  return useCallback(
    () => go({ screen, isAddingSlackApp: false, isEditingSlackApp: false }),
    [go, screen],
  )
}
