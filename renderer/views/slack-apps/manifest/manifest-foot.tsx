import type { ManifestProblem, SlackAppView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { type Act, useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { useToasts } from '../../../parts/toast.tsx'
import { countWords } from '../slack-app-words.ts'
import type { ManifestEdit } from './use-manifest-edit.ts'
import type { ManifestUpdate } from './use-manifest-update.ts'

interface ManifestFootProps {
  readonly app: SlackAppView
  readonly edit: ManifestEdit
  readonly state: ManifestUpdate
  readonly hasToken: boolean
  readonly opening: Act
}

/** How the text stands, and the acts on it. */
export function ManifestFoot({ app, edit, state, hasToken, opening }: ManifestFootProps) {
  const isEmpty = edit.text === '' || edit.isLoading
  return (
    <footer className="manifest-foot">
      <Summary problems={[...state.refused, ...edit.problems]} changes={edit.changes} />
      {hasToken ? (
        <SlackActs state={state} isDisabled={isEmpty} />
      ) : (
        <OwnActs app={app} edit={edit} opening={opening} isDisabled={isEmpty} />
      )}
    </footer>
  )
}

function SlackActs(props: { readonly state: ManifestUpdate; readonly isDisabled: boolean }) {
  const { comparing, comparingFor, compare } = props.state
  const busy = comparing.isBusy ? comparingFor : null
  return (
    <>
      <Button
        isDisabled={props.isDisabled}
        busyLabel={busy === 'compare' ? 'Comparing…' : undefined}
        onPress={() => void compare('compare')}
      >
        Compare with Slack
      </Button>
      <Button
        kind="filled"
        isDisabled={props.isDisabled}
        busyLabel={busy === 'update' ? 'Comparing…' : undefined}
        onPress={() => void compare('update')}
      >
        Update on Slack…
      </Button>
    </>
  )
}

type OwnActsProps = Pick<ManifestFootProps, 'app' | 'edit' | 'opening'> & {
  readonly isDisabled: boolean
}

/** Without a configuration token the text goes there by hand. The other act makes a second app. */
function OwnActs({ app, edit, opening, isDisabled }: OwnActsProps) {
  const api = useApi()
  const { show } = useToasts()
  const copying = useCall()
  async function copy(): Promise<void> {
    const done = await copying.run(() => api.call['manifests/copy'](edit.text))
    if (done !== undefined) show({ text: 'Manifest copied.' })
  }
  return (
    <>
      <Button
        icon="external"
        isDisabled={isDisabled}
        busyLabel={opening.isBusy ? 'Opening…' : undefined}
        onPress={() =>
          void opening.run(() =>
            api.call['manifests/open-prefilled'](app.environment.ref, edit.text),
          )
        }
      >
        Open prefilled in Slack
      </Button>
      <Button kind="filled" icon="copy" isDisabled={isDisabled} onPress={() => void copy()}>
        Copy manifest
      </Button>
    </>
  )
}

interface SummaryProps {
  readonly problems: readonly ManifestProblem[]
  readonly changes: number
}

/** "1 warning, 2 changes". */
function Summary({ problems, changes }: SummaryProps) {
  const serious = problems.filter(({ severity }) => severity === 'problem').length
  const warnings = problems.length - serious
  const words = [
    serious > 0 && countWords(serious, 'problem'),
    warnings > 0 && countWords(warnings, 'warning'),
    changes > 0 && countWords(changes, 'change'),
  ].filter((part) => part !== false)
  const tone = serious > 0 ? 'danger' : warnings > 0 ? 'warn' : undefined
  return (
    <p className="manifest-summary" data-tone={tone} role="status">
      {tone && <Icon name={tone === 'danger' ? 'problem' : 'warning'} size={14} />}
      {words.length === 0 ? 'No changes' : words.join(', ')}
    </p>
  )
}
