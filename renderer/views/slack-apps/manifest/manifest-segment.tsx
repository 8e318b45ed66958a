import './manifest-segment.css'
import { type ReactNode, useRef, useState } from 'react'
import type { Failure } from '../../../../main/contract/errors.ts'
import type { ManifestProblem, SlackAppView } from '../../../../main/contract/views.ts'
import { useDesk } from '../../../app/desk-state.ts'
import { FailureNotice } from '../../../app/failure-notice.tsx'
import { type Act, useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { replaceInLine } from '../../../parts/edit-text.ts'
import { ManifestEditor } from '../../../parts/manifest-editor.tsx'
import { ManifestProblems } from '../../../parts/manifest-problems.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { DiscardDialog } from '../../add-slack-app/discard-dialog.tsx'
import { onRemedyOf, type RemedyActs, useSlackAppActs } from '../../workspaces/remedy-acts.ts'
import { hasUsableToken } from '../configuration-tokens/configuration-token-words.ts'
import { NoTokenNotice } from '../configuration-tokens/no-token-notice.tsx'
import { UnfinishedNotice } from '../unfinished-notice.tsx'
import { ManifestFoot } from './manifest-foot.tsx'
import { ReinstallNotice } from './reinstall-notice.tsx'
import { ReplaceDialog } from './replace-dialog.tsx'
import { UpdateDialogs } from './update-dialogs.tsx'
import { useCompareKey } from './use-compare-key.ts'
import type { ManifestEdit } from './use-manifest-edit.ts'
import { type ManifestUpdate, useManifestUpdate } from './use-manifest-update.ts'

interface ManifestSegmentProps {
  readonly app: SlackAppView
  readonly edit: ManifestEdit
  /** What stands above all else. */
  readonly notice: ReactNode
}

/** The app's manifest to edit, to compare with Slack's, and to send there. */
export function ManifestSegment({ app, edit, notice }: ManifestSegmentProps) {
  const { snapshot, now } = useDesk()
  const state = useManifestUpdate(app, edit)
  const opening = useCall()
  const hasToken = hasUsableToken(snapshot.configurationTokens, app.environment.ref, now)
  useCompareKey(hasToken && edit.text !== '' ? () => void state.compare('compare') : null)
  return (
    <>
      <div className="pane-body manifest-body">
        {notice}
        {app.isUnfinished && <UnfinishedNotice app={app} />}
        {state.reinstallCount !== null && (
          <ReinstallNotice app={app} count={state.reinstallCount} />
        )}
        <Source edit={edit} hasToken={hasToken} />
        <Editor edit={edit} refused={state.refused} />
        <Failures app={app} edit={edit} state={state} opening={opening} />
        {!hasToken && (
          <NoTokenNotice environment={app.environment.ref} does="changes apps">
            Without one, copy this into Slack’s own manifest editor. “Open prefilled” makes a new
            app.
          </NoTokenNotice>
        )}
      </div>
      <ManifestFoot app={app} edit={edit} state={state} hasToken={hasToken} opening={opening} />
      <UpdateDialogs app={app} state={state} />
      <DiscardDialog isDirty={edit.isDirty} />
    </>
  )
}

interface SourceProps {
  readonly edit: ManifestEdit
  readonly hasToken: boolean
}

/** Where the text came from, and the way to Slack's own. */
function Source({ edit, hasToken }: SourceProps) {
  const [isAsking, setAsking] = useState(false)
  const load = () => {
    setAsking(false)
    void edit.getFromSlack()
  }
  return (
    <div className="manifest-source">
      <p className="slack-app-note">
        {edit.source === 'slack'
          ? 'As Slack has it.'
          : 'What Token Desk knows of this app. Slack may have more.'}
      </p>
      {hasToken && (
        <Button
          size="row"
          busyLabel={edit.isLoading ? 'Getting it…' : undefined}
          onPress={() => (edit.isDirty ? setAsking(true) : load())}
        >
          Get it from Slack
        </Button>
      )}
      {isAsking && <ReplaceDialog onConfirm={load} onCancel={() => setAsking(false)} />}
    </div>
  )
}

interface EditorProps {
  readonly edit: ManifestEdit
  readonly refused: readonly ManifestProblem[]
}

function Editor({ edit, refused }: EditorProps) {
  const field = useRef<HTMLTextAreaElement>(null)
  const problems = [...refused, ...edit.problems]
  function replace({ line, replace: words }: ManifestProblem): void {
    if (field.current && line !== null && words) {
      replaceInLine(field.current, line, words.from, words.to)
    }
  }
  return (
    <>
      <ManifestEditor
        ref={field}
        label="Manifest"
        text={edit.text}
        format={edit.format}
        problems={problems}
        isLoading={edit.isLoading}
        onChange={edit.setText}
      />
      {refused.length > 0 && (
        <Notice kind="problem" title="Slack refused the manifest">
          Nothing was changed there. Its reasons are below.
        </Notice>
      )}
      <ManifestProblems problems={problems} onReplace={replace} />
    </>
  )
}

interface FailuresProps {
  readonly app: SlackAppView
  readonly edit: ManifestEdit
  readonly state: ManifestUpdate
  readonly opening: Act
}

function Failures({ app, edit, state, opening }: FailuresProps) {
  const { comparing, comparingFor, compare } = state
  const acts = useSlackAppActs(app.id)
  const load = edit.text === '' ? edit.retry : () => void edit.getFromSlack()
  const failed: readonly [Failure | null, RemedyActs][] = [
    [edit.failure, { ...acts, retry: load }],
    [comparing.failure, { ...acts, retry: () => void compare(comparingFor) }],
    [opening.failure, acts],
  ]
  return failed.map(
    ([failure, ways], index) =>
      failure && (
        // biome-ignore lint/suspicious/noArrayIndexKey: each place is one act's own
        <FailureNotice key={index} failure={failure} onRemedy={onRemedyOf(failure, ways)} />
      ),
  )
}
