import type { SlackAppView } from '../../../../main/contract/views.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { DiffView } from '../../../parts/diff-view.tsx'
import { OneWayWarnings, oneWayNames } from './one-way-warnings.tsx'
import type { ManifestUpdate, UpdateDialogState } from './use-manifest-update.ts'

interface UpdateDialogsProps {
  readonly app: SlackAppView
  readonly state: ManifestUpdate
}

/** The dialog that stands between the editor and Slack. */
export function UpdateDialogs({ app, state }: UpdateDialogsProps) {
  const { dialog } = state
  if (!dialog) return null
  if (dialog.kind === 'sure') return <SureDialog app={app} state={state} dialog={dialog} />
  return <DifferenceDialog app={app} state={state} dialog={dialog} />
}

interface OpenDialogProps extends UpdateDialogsProps {
  readonly dialog: UpdateDialogState
}

/** What Slack has against what stands here; with the act where the user asked to update. */
function DifferenceDialog({ app, state, dialog: { kind, comparison } }: OpenDialogProps) {
  const { updating, close } = state
  const isSame = comparison.addedCount + comparison.removedCount === 0
  const isUpdate = kind === 'update' && !isSame
  const asksAgain = comparison.turnsOnPkce || comparison.turnsOnRotation
  return (
    <Dialog
      title={isUpdate ? `Update ${app.name} on Slack?` : 'Compared with Slack'}
      width={660}
      isOpen
      onClose={() => !updating.isBusy && close()}
      problem={updating.failure}
      problemActions={
        updating.failure?.code === 'MANIFEST_CHANGED_AT_SLACK' && (
          <Button size="row" onPress={() => void state.compare('update')}>
            Compare again
          </Button>
        )
      }
      footNote={isSame ? undefined : countWords(comparison.addedCount, comparison.removedCount)}
      actions={
        <>
          <Button autoFocus isDisabled={updating.isBusy} onPress={close}>
            {isUpdate ? 'Cancel' : 'Close'}
          </Button>
          {isUpdate && (
            <Button
              kind="filled"
              busyLabel={updating.isBusy ? 'Updating…' : undefined}
              onPress={() => void state.update()}
            >
              {asksAgain ? 'Update on Slack…' : 'Update on Slack'}
            </Button>
          )}
        </>
      }
    >
      {isSame ? (
        <p>Slack has exactly this manifest.</p>
      ) : (
        <>
          <DiffView
            title={`Manifest of ${app.name}`}
            caption="Slack → this text"
            lines={comparison.lines}
          />
          <OneWayWarnings {...comparison} />
        </>
      )}
    </Dialog>
  )
}

/** The second question: there is no way back. */
function SureDialog({ app, state, dialog: { comparison } }: OpenDialogProps) {
  const { updating, close } = state
  const names = oneWayNames(comparison)
  return (
    <Dialog
      title={`Turn on ${names} for ${app.name}?`}
      role="alertdialog"
      width={480}
      isOpen
      onClose={() => !updating.isBusy && close()}
      actions={
        <>
          <Button autoFocus isDisabled={updating.isBusy} onPress={close}>
            Cancel
          </Button>
          <Button
            kind="danger-filled"
            busyLabel={updating.isBusy ? 'Updating…' : undefined}
            onPress={() => void state.update()}
          >
            Turn on and update
          </Button>
        </>
      }
    >
      <OneWayWarnings {...comparison} />
    </Dialog>
  )
}

/** "2 lines added, 1 removed". */
function countWords(added: number, removed: number): string {
  return `${added} ${added === 1 ? 'line' : 'lines'} added, ${removed} removed`
}
