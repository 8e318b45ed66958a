import type { ReactNode } from 'react'
import type { Failure } from '../../../../main/contract/errors.ts'
import { useApi } from '../../../app/api.ts'
import { FailureNotice, remedyLabel } from '../../../app/failure-notice.tsx'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { Icon } from '../../../parts/icon.tsx'
import { Link } from '../../../parts/link.tsx'
import { useToasts } from '../../../parts/toast.tsx'
import { onRemedyOf, useSlackAppActs } from '../remedy-acts.ts'
import { timeOfDay } from '../time-words.ts'
import type { AuthorizationPageProps } from './authorization-page.tsx'
import { useTryAgain } from './use-try-again.ts'

interface StoppedPageProps extends AuthorizationPageProps {
  readonly failure: Failure
}

/** It ended without a workspace: what happened, what to do, and another try. */
export function StoppedPage({ authorization, onLeave, failure }: StoppedPageProps) {
  const again = useTryAgain(authorization, onLeave)
  const onRemedy = onRemedyOf(failure, {
    ...useSlackAppActs(authorization.slackAppId),
    'paste-address': () => void again.paste(),
  })
  return (
    <>
      <StoppedHeading title={failure.message}>{failure.advice}</StoppedHeading>
      {again.act.failure && <FailureNotice failure={again.act.failure} onRemedy={again.onRemedy} />}
      <div className="authorization-acts">
        <TryAgainButton {...again} />
        {onRemedy && <Button onPress={onRemedy}>{remedyLabel(failure.remedy)}</Button>}
        <span className="authorization-acts-gap" />
        <Button onPress={() => void again.putAway()}>Cancel</Button>
      </div>
      <StoppedFoot failure={failure} />
    </>
  )
}

/** What happened, with its sign; the focus comes here. */
export function StoppedHeading(props: {
  readonly title: string
  readonly children: ReactNode
  readonly kind?: 'problem' | 'warning'
}) {
  const kind = props.kind ?? 'problem'
  return (
    <div className="authorization-stopped" data-kind={kind}>
      <Icon name={kind} size={20} />
      <h1 tabIndex={-1} data-pane-start="">
        {props.title}
      </h1>
      <p>{props.children}</p>
    </div>
  )
}

/** "Try again": the main act of a page where an authorization stopped. */
export function TryAgainButton({ act, tryAgain }: ReturnType<typeof useTryAgain>) {
  return (
    <Button
      kind="filled"
      icon="refresh"
      busyLabel={act.isBusy ? 'Opening…' : undefined}
      onPress={() => void tryAgain()}
    >
      Try again
    </Button>
  )
}

/** Slack's code, the time, and something to send to whoever helps. */
export function StoppedFoot({ failure }: { readonly failure: Failure }) {
  const api = useApi()
  const { show } = useToasts()
  const { run, failure: copyFailure } = useCall()
  const { slackCode, atMs } = failure
  async function copy(): Promise<void> {
    const copied = await run(api.call['desk/copy-diagnostics'])
    if (copied !== undefined) show({ text: 'Diagnostics copied.', detail: 'They hold no secret.' })
  }
  return (
    <>
      {copyFailure && <FailureNotice failure={copyFailure} />}
      <footer className="authorization-foot">
        {slackCode !== undefined && (
          <span>
            Slack’s code: <code>{slackCode}</code>
          </span>
        )}
        {atMs !== undefined && <span>{timeOfDay(atMs)}</span>}
        <span className="authorization-foot-end">
          <Link onPress={() => void copy()}>Copy diagnostics</Link>
        </span>
      </footer>
    </>
  )
}
