import './first-run.css'
import { useRef } from 'react'
import { useApi } from '../../app/api.ts'
import { useDesk } from '../../app/desk-state.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useNavigation } from '../../app/navigation.ts'
import { useCall } from '../../app/use-call.ts'
import { Icon } from '../../parts/icon.tsx'
import { Link } from '../../parts/link.tsx'
import { RestoreDialogSlot } from '../backup/restore-dialog-slot.tsx'
import { type Restore, useRestore } from '../backup/use-restore.ts'
import { Door } from './door.tsx'

/** The page of a desk with nothing on it: three ways to a first token. */
export function FirstRun() {
  const api = useApi()
  const { go } = useNavigation()
  const practice = useCall()
  const restore = useRestore()
  const doors = useRef<HTMLDivElement>(null)

  async function tryPractice(): Promise<void> {
    const begun = await practice.run(api.call['practice/try'])
    if (begun) go({ screen: 'workspaces', authorizationId: begun.authorizationId })
  }
  return (
    <div className="first-run" data-pane="">
      <div className="first-run-middle">
        <h1 className="first-run-title">Connect a Slack workspace</h1>
        <p className="first-run-lead">
          Get its tokens with one click, keep them encrypted, and put them into your env files.
        </p>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows are a second way between the doors, Tab the first */}
        <div
          className="doors"
          ref={doors}
          onKeyDown={(event) => doors.current && moveDoor(event, doors.current)}
        >
          <Door
            {...PRACTICE}
            isFirst
            busyLabel={practice.isBusy ? 'Starting…' : undefined}
            onPress={() => void tryPractice()}
          />
          <Door
            {...SLACK_APP}
            onPress={() => go({ screen: 'slack-apps', isAddingSlackApp: true })}
          />
          <Door {...PASTE} onPress={() => go({ dialog: { kind: 'import' } })} />
        </div>
        <p className="said-only" role="status">
          {practice.isBusy && 'Starting the practice workspace'}
        </p>
        {practice.failure && (
          <FailureNotice failure={practice.failure} onRemedy={() => void tryPractice()} />
        )}
        {restore.failure && <FailureNotice failure={restore.failure} onRemedy={restore.choose} />}
      </div>
      <Promises restore={restore} />
      <RestoreDialogSlot restore={restore} />
    </div>
  )
}

const PRACTICE = {
  icon: 'flask',
  title: 'Try the practice workspace',
  sentence:
    'A pretend Slack on this computer. Go through the whole job before you touch a real one.',
  points: ['No Slack account needed', 'Nothing leaves this computer', 'Remove it at any time'],
  takes: 'About a minute',
} as const

const SLACK_APP = {
  icon: 'slack-app',
  title: 'Add a Slack app',
  sentence:
    'Enter your app’s client ID once. After that, each test workspace is one click in the browser.',
  points: [
    'Needs client ID and client secret',
    'Bot, user and webhook tokens',
    'As many workspaces as you like',
  ],
  takes: 'About five minutes',
} as const

const PASTE = {
  icon: 'clipboard',
  title: 'Paste a token',
  sentence:
    'You already have a token from your app’s settings page. Token Desk checks it and seals it.',
  points: ['Bot, user or app-level token', 'Webhook URLs too', 'Checked with Slack first'],
  takes: 'A few seconds',
} as const

function Promises({ restore }: { readonly restore: Restore }) {
  const { protection } = useDesk().snapshot.vault
  return (
    <footer className="first-run-foot">
      {protection !== null && (
        <span className="promise">
          <Icon name="lock" />
          {protection === 'keyring'
            ? 'Sealed with this computer’s keyring'
            : 'Sealed with your passphrase'}
        </span>
      )}
      <span className="promise">
        <Icon name="shield" />
        No account, no telemetry, no cloud
      </span>
      {protection !== null && <Link onPress={restore.choose}>Restore from a backup…</Link>}
    </footer>
  )
}

/** Left and right move between the doors as Tab does. */
function moveDoor(
  event: { readonly key: string; preventDefault(): void },
  doors: HTMLElement,
): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (step === undefined) return
  const all = [...doors.querySelectorAll('button')]
  const at = all.indexOf(document.activeElement as HTMLButtonElement)
  all[(at + step + all.length) % all.length]?.focus()
  event.preventDefault()
}
