import { useState } from 'react'
import type {
  ManifestComparison,
  ManifestProblem,
  SlackAppView,
} from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { type Act, useCall } from '../../../app/use-call.ts'
import { useToasts } from '../../../parts/toast.tsx'
import { isOneWay } from './one-way-warnings.tsx'
import type { ManifestEdit } from './use-manifest-edit.ts'

/** The dialog that is open: a look, the question with the difference, or the second question. */
export interface UpdateDialogState {
  readonly kind: 'compare' | 'update' | 'sure'
  readonly comparison: ManifestComparison
}

export interface ManifestUpdate {
  readonly dialog: UpdateDialogState | null
  readonly close: () => void
  /** Asks Slack for its manifest, then shows the difference or asks with it. */
  readonly compare: (kind: 'compare' | 'update') => Promise<void>
  readonly comparing: Act
  readonly comparingFor: 'compare' | 'update'
  /** Sends the text; asks once more where something cannot be undone. */
  readonly update: () => Promise<void>
  readonly updating: Act
  /** What Slack refused, while the text is as it was sent. */
  readonly refused: readonly ManifestProblem[]
  /** How many workspaces have to reinstall; null while Slack did not say so. */
  readonly reinstallCount: number | null
}

/** "Compare with Slack" and "Update on Slack…". */
export function useManifestUpdate(app: SlackAppView, edit: ManifestEdit): ManifestUpdate {
  const api = useApi()
  const { show } = useToasts()
  const comparing = useCall()
  const updating = useCall()
  const [comparingFor, setComparingFor] = useState<'compare' | 'update'>('compare')
  const [dialog, setDialog] = useState<UpdateDialogState | null>(null)
  const [refused, setRefused] = useState({ text: '', problems: NONE })
  const [reinstallCount, setReinstallCount] = useState<number | null>(null)

  async function compare(kind: 'compare' | 'update'): Promise<void> {
    if (comparing.isBusy) return
    setComparingFor(kind)
    updating.forget()
    const comparison = await comparing.run(() => api.call['manifests/compare'](app.id, edit.text))
    setDialog(comparison ? { kind, comparison } : null)
  }
  async function update(): Promise<void> {
    if (!dialog || updating.isBusy) return
    if (dialog.kind !== 'sure' && isOneWay(dialog.comparison)) {
      return setDialog({ ...dialog, kind: 'sure' })
    }
    const { text } = edit
    const answer = await updating.run(() =>
      api.call['manifests/update'](app.id, text, dialog.comparison.id),
    )
    if (!answer) return setDialog({ ...dialog, kind: 'update' })
    setDialog(null)
    if (answer.kind === 'refused') return setRefused({ text, problems: answer.problems })
    edit.keep()
    setReinstallCount(answer.permissionsUpdated ? answer.workspaceCount : null)
    show({ text: `${app.name} updated on Slack.` })
  }
  return {
    dialog,
    close: () => setDialog(null),
    compare,
    comparing,
    comparingFor,
    update,
    updating,
    refused: refused.text === edit.text ? refused.problems : NONE,
    reinstallCount,
  }
}

const NONE: readonly ManifestProblem[] = []
