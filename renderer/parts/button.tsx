import './button.css'
import { type MouseEvent, type ReactNode, type Ref, useId } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { Spinner } from './spinner.tsx'

export type ButtonKind =
  | 'filled'
  | 'outline'
  | 'soft'
  | 'quiet'
  | 'danger-outline'
  | 'danger-filled'

export interface ButtonProps {
  readonly kind?: ButtonKind | undefined
  /** row 28, default 32, large 36 px high. */
  readonly size?: 'row' | 'default' | 'large' | undefined
  readonly icon?: IconName | undefined
  /** While set the button is busy: it says this, keeps its width and focus, and does nothing. */
  readonly busyLabel?: string | undefined
  readonly isDisabled?: boolean | undefined
  /** Why it is disabled; with it the button stays focusable, so that the reason can be heard. */
  readonly disabledReason?: string | undefined
  readonly onPress?: (() => void) | undefined
  readonly autoFocus?: boolean | undefined
  readonly type?: 'button' | 'submit' | undefined
  readonly ref?: Ref<HTMLButtonElement> | undefined
  readonly children: ReactNode
}

/** The button of every act. A native element: the first page must not wait for a widget library. */
export function Button(props: ButtonProps) {
  const { kind = 'outline', size = 'default', busyLabel, disabledReason } = props
  const reasonId = useId()
  const isOff = props.isDisabled === true
  const isInert = isOff || busyLabel !== undefined
  const saysWhy = isOff && disabledReason !== undefined
  return (
    <>
      <button
        ref={props.ref}
        type={props.type ?? 'button'}
        className="button"
        data-kind={kind}
        data-size={size}
        data-disabled={isOff || undefined}
        data-busy={busyLabel !== undefined || undefined}
        disabled={isOff && !saysWhy}
        aria-disabled={isInert || undefined}
        aria-describedby={saysWhy ? reasonId : undefined}
        // biome-ignore lint/a11y/noAutofocus: dialogs and pages name their first stop (ui: keys)
        autoFocus={props.autoFocus}
        onClick={(event) => press(event, isInert, props.onPress)}
      >
        <ButtonLabel icon={props.icon} busyLabel={busyLabel}>
          {props.children}
        </ButtonLabel>
      </button>
      {saysWhy && (
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      )}
    </>
  )
}

/** What stands inside a button; both labels share one cell, so that being busy does not change the width. */
export function ButtonLabel(props: Pick<ButtonProps, 'icon' | 'busyLabel' | 'children'>) {
  const isBusy = props.busyLabel !== undefined
  return (
    <>
      <span className="button-label" aria-hidden={isBusy || undefined}>
        {props.icon && <Icon name={props.icon} />}
        {props.children}
      </span>
      {isBusy && (
        <span className="button-label button-busy">
          <Spinner />
          {props.busyLabel}
        </span>
      )}
    </>
  )
}

function press(event: MouseEvent, isInert: boolean, onPress: (() => void) | undefined): void {
  if (isInert) event.preventDefault()
  else onPress?.()
}
