import type { Handlers } from '../contract/api.ts'
import type { SecretRef } from '../contract/views.ts'
import { envLine } from '../env/env-line.ts'
import type { Clipboard } from '../platform/clipboard.ts'
import type { Clock } from '../platform/clock.ts'
import { Secret } from '../platform/secret.ts'
import type { SlackApps } from '../workspaces/slack-apps.ts'
import { appLines } from './app-lines.ts'
import type { ClipboardGuard } from './clipboard-guard.ts'
import { createPace, type Pace } from './pace.ts'
import type { Freshen, SharedValue } from './shared-value.ts'
import type { ShownSecrets } from './shown-secrets.ts'
import type { UserCheck } from './user-check.ts'
import type { WriteEnvService } from './write-env.ts'

type SharingHandlers = Pick<Handlers, Extract<keyof Handlers, `sharing/${string}`>>

const REVEALS_PER_MINUTE = 10
const COPIES_PER_MINUTE = 30

export interface SharingHandlerOptions {
  readonly find: (ref: SecretRef) => SharedValue
  readonly freshen: Freshen
  readonly slackApps: SlackApps
  readonly guard: ClipboardGuard
  readonly clipboard: Clipboard
  readonly writeEnv: WriteEnvService
  readonly shown: ShownSecrets
  readonly userCheck: Pick<UserCheck, 'require'>
  readonly clock: Clock
}

/**
 * The part of the contract in which a secret leaves the vault: each time one that the user asked for.
 * Before it does, the user check is asked where the user wants that. A preview shows masked values, so
 * that the check comes with the write.
 */
export function sharingHandlers(options: SharingHandlerOptions): SharingHandlers {
  const { slackApps, guard, clipboard, writeEnv, shown, userCheck, clock, freshen } = options
  const reveals = createPace({ clock, perMinute: REVEALS_PER_MINUTE })
  const copies = createPace({ clock, perMinute: COPIES_PER_MINUTE })
  return {
    async 'sharing/copy-line'(ref) {
      const { value, variable } = await handOut(options, ref, copies)
      const line = Secret.of(envLine(variable, value.expose()))
      return { variable, clearedAfterSeconds: await guard.copy(line) }
    },
    async 'sharing/copy-app-lines'(slackAppId) {
      userCheck.require()
      copies.take()
      await freshen({ of: 'slack-app', slackAppId, field: 'clientId' })
      userCheck.require()
      const { text, variables } = appLines(slackApps, slackAppId)
      return { variables, clearedAfterSeconds: await guard.copy(text) }
    },
    async 'sharing/reveal'(ref) {
      const { value } = await handOut(options, ref, reveals)
      return { seconds: shown.begin(), value: value.expose() }
    },
    'sharing/recent-env-files': (ref) => writeEnv.recent(ref),
    'sharing/choose-env-file': (ref) => writeEnv.choose(ref),
    'sharing/preview-write': (ref, fileId, variable) => writeEnv.preview(ref, fileId, variable),
    'sharing/write'(previewId, { addToGitignore }) {
      userCheck.require()
      return writeEnv.write(previewId, addToGitignore)
    },
    'sharing/undo-write': (writeId) => writeEnv.undo(writeId),
    'sharing/copy-untrack-command': (previewId) =>
      clipboard.writeText(writeEnv.untrackCommand(previewId)),
  }
}

/** @throws UserCheckRequired, TooManySecrets, and what `freshen` and `find` throw */
async function handOut(
  { find, freshen, userCheck }: SharingHandlerOptions,
  ref: SecretRef,
  pace: Pace,
): Promise<SharedValue> {
  userCheck.require()
  pace.take()
  await freshen(ref)
  // Slack may take its time: after a lock in between, somebody else may have unlocked.
  userCheck.require()
  return find(ref)
}
