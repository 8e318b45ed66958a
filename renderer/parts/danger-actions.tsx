import type { ReactNode } from 'react'
import { Button } from './button.tsx'

interface DangerActionsProps {
  /** Said while the act is under way; nothing can be pressed then. */
  readonly busyLabel: string | undefined
  readonly onCancel: () => void
  readonly onAct: () => void
  readonly isDisabled?: boolean | undefined
  readonly disabledReason?: string | undefined
  readonly children: ReactNode
}

/** Foot of a dangerous dialog: "Cancel" has the focus, the act is red. */
export function DangerActions(props: DangerActionsProps) {
  const isBusy = props.busyLabel !== undefined
  return (
    <>
      <Button autoFocus isDisabled={isBusy} onPress={props.onCancel}>
        Cancel
      </Button>
      <Button
        kind="danger-filled"
        busyLabel={props.busyLabel}
        isDisabled={props.isDisabled}
        disabledReason={props.disabledReason}
        onPress={props.onAct}
      >
        {props.children}
      </Button>
    </>
  )
}
