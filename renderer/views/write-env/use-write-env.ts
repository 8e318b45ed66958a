import { useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { SecretRef, Snapshot } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useDesk } from '../../app/desk-state.ts'
import { type Act, useCall } from '../../app/use-call.ts'
import { useWrite, type Write } from './use-write.ts'
import { useWritePreview, type WritePreviewing } from './use-write-preview.ts'

export interface WriteEnvOptions {
  readonly secretRef: SecretRef
  /** "Bot token of Northwind Test" */
  readonly title: string
  /** Why the undo that led here did not work. */
  readonly problem?: Failure | undefined
  readonly onClose: () => void
}

/** What the dialog shows and does. */
export interface WriteEnv {
  readonly previewing: WritePreviewing
  readonly choosing: Act
  readonly writing: Write
  readonly addsToGitignore: boolean
  readonly setAddsToGitignore: (adds: boolean) => void
  /** The preview is of what is chosen, and writing would do something. */
  readonly canWrite: boolean
  /** True once the user typed: then a stray click must not close the dialog. */
  readonly isTouched: boolean
  /** Why the last act did not work; what is about the name stands at the name. */
  readonly problem: Failure | null
  readonly choose: () => Promise<void>
  /** Does nothing while it cannot. */
  readonly write: () => void
}

/** File, name, preview, write: the parts of "Write to env file…" put together. */
export function useWriteEnv({ secretRef, title, problem, onClose }: WriteEnvOptions): WriteEnv {
  const api = useApi()
  const proposed = proposedName(useDesk().snapshot, secretRef)
  const previewing = useWritePreview(secretRef, proposed)
  const choosing = useCall()
  const writing = useWrite({ secretRef, title, onClose, onRefused: previewing.refresh })
  const [wantsGitignore, setAddsToGitignore] = useState(true)
  const { preview, isCurrent, failure } = previewing
  const addsToGitignore = wantsGitignore && preview !== null && preview.git.gitignore !== null
  const doesSomething = preview !== null && (preview.changesAnything || addsToGitignore)
  const canWrite = isCurrent && doesSomething && !writing.act.isBusy
  const previewFailure = failure?.field === 'variable' ? null : failure
  return {
    ...{ previewing, choosing, writing, addsToGitignore, setAddsToGitignore, canWrite },
    isTouched: previewing.variable !== proposed,
    problem: writing.act.failure ?? choosing.failure ?? previewFailure ?? problem ?? null,
    async choose() {
      const chosen = await choosing.run(() => api.call['sharing/choose-env-file'](secretRef))
      if (!chosen) return
      writing.act.forget()
      previewing.setFile(chosen)
    },
    write() {
      if (canWrite && preview) void writing.write(preview.id, addsToGitignore)
    },
  }
}

const APP_VARIABLES = {
  clientId: 'SLACK_CLIENT_ID',
  clientSecret: 'SLACK_CLIENT_SECRET',
  signingSecret: 'SLACK_SIGNING_SECRET',
  verificationToken: 'SLACK_VERIFICATION_TOKEN',
} as const

const CONFIGURATION_VARIABLES = {
  token: 'SLACK_CONFIG_TOKEN',
  refreshToken: 'SLACK_CONFIG_REFRESH_TOKEN',
} as const

/** The name that main proposes for this secret. */
function proposedName({ installations }: Snapshot, ref: SecretRef): string {
  if (ref.of === 'slack-app') return APP_VARIABLES[ref.field]
  if (ref.of === 'configuration-token') return CONFIGURATION_VARIABLES[ref.field]
  const installation = installations.find(({ id }) => id === ref.installationId)
  return installation?.credentials.find(({ id }) => id === ref.credentialId)?.variable ?? ''
}
