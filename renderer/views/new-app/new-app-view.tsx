import '../add-slack-app/add-slack-app.css'
import './new-app.css'
import { useApi } from '../../app/api.ts'
import { useDesk } from '../../app/desk-state.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useNavigation } from '../../app/navigation.ts'
import { IconButton } from '../../parts/icon-button.tsx'
import { DiscardDialog } from '../add-slack-app/discard-dialog.tsx'
import { environmentOf } from '../add-slack-app/slack-app-form.ts'
import { onRemedyOf } from '../workspaces/remedy-acts.ts'
import { CreateDialog } from './create-dialog.tsx'
import { ManifestPreview } from './manifest-preview.tsx'
import { NewAppFields } from './new-app-fields.tsx'
import { NewAppFoot } from './new-app-foot.tsx'
import { useNewApp } from './use-new-app.ts'

/** The full-width page that makes a manifest, and has Slack create the app from it. */
export function NewAppView() {
  const { snapshot } = useDesk()
  const { go } = useNavigation()
  const api = useApi()
  const state = useNewApp()
  // The page that led here is the form for an app that exists already.
  const close = () => go({ isAddingSlackApp: true, addingBy: 'form' })
  const act = () => (state.hasToken ? state.create(false) : state.prefill())
  return (
    <>
      <form
        ref={state.formRef}
        className="form-page"
        data-pane=""
        aria-labelledby="new-app-title"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          act()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.defaultPrevented) close()
        }}
      >
        <header className="form-head">
          <IconButton label="Back" icon="chevron-left" onPress={close} />
          <h1 id="new-app-title" className="cut">
            New app from a manifest
          </h1>
        </header>
        <div className="form-middle new-app-middle">
          <NewAppFields
            state={state}
            hasPractice={snapshot.slackApps.some(
              ({ environment }) => environment.ref.kind === 'practice',
            )}
          />
          <ManifestPreview state={state} />
        </div>
        {state.failure && (
          <div className="form-failure">
            <FailureNotice
              failure={state.failure}
              onRemedy={onRemedyOf(state.failure, {
                retry: act,
                'open-app-settings': () =>
                  void api.call['slack-apps/open-settings'](environmentOf(state.form)),
              })}
            />
          </div>
        )}
        <NewAppFoot state={state} onCancel={close} />
      </form>
      <DiscardDialog isDirty={state.isDirty} />
      {state.asking && (
        <CreateDialog
          appName={state.form.name.trim()}
          oneWay={state.asking}
          onConfirm={() => state.create(true)}
          onCancel={state.stopAsking}
        />
      )}
    </>
  )
}
