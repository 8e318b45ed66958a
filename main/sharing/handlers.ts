import type { Handlers } from '../contract/api.ts'
import type { SecretRef } from '../contract/views.ts'
import { envLine } from '../env/env-line.ts'
import type { Clipboard } from '../platform/clipboard.ts'
import { Secret } from '../platform/secret.ts'
import type { SlackApps } from '../workspaces/slack-apps.ts'
import { appLines } from './app-lines.ts'
import { CLEAR_AFTER_SECONDS, type ClipboardGuard } from './clipboard-guard.ts'
import type { SharedValue } from './shared-value.ts'
import type { WriteEnvService } from './write-env.ts'

type SharingHandlers = Pick<Handlers, Extract<keyof Handlers, `sharing/${string}`>>

/** Seconds that a revealed secret is shown. */
const REVEAL_SECONDS = 20

export interface SharingHandlerOptions {
  readonly find: (ref: SecretRef) => SharedValue
  readonly slackApps: SlackApps
  readonly guard: ClipboardGuard
  readonly clipboard: Clipboard
  readonly writeEnv: WriteEnvService
}

/** The part of the contract in which a secret leaves the vault: each time one that the user asked for. */
export function sharingHandlers(options: SharingHandlerOptions): SharingHandlers {
  const { find, slackApps, guard, clipboard, writeEnv } = options
  return {
    async 'sharing/copy-line'(ref) {
      const { value, variable } = find(ref)
      await guard.copy(Secret.of(envLine(variable, value.expose())))
      return { variable, clearedAfterSeconds: CLEAR_AFTER_SECONDS }
    },
    async 'sharing/copy-app-lines'(slackAppId) {
      const { text, variables } = appLines(slackApps, slackAppId)
      await guard.copy(text)
      return { variables, clearedAfterSeconds: CLEAR_AFTER_SECONDS }
    },
    'sharing/reveal': (ref) => ({ value: find(ref).value.expose(), seconds: REVEAL_SECONDS }),
    'sharing/recent-env-files': (ref) => writeEnv.recent(ref),
    'sharing/choose-env-file': (ref) => writeEnv.choose(ref),
    'sharing/preview-write': (ref, fileId, variable) => writeEnv.preview(ref, fileId, variable),
    'sharing/write': (previewId, { addToGitignore }) => writeEnv.write(previewId, addToGitignore),
    'sharing/undo-write': (writeId) => writeEnv.undo(writeId),
    'sharing/copy-untrack-command': (previewId) =>
      clipboard.writeText(writeEnv.untrackCommand(previewId)),
  }
}
