import './dialog.css'
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { Heading, Modal, ModalOverlay, Dialog as RoleDialog } from 'react-aria-components'
import type { Failure } from '../../main/contract/errors.ts'
import { IconButton } from './icon-button.tsx'
import { Notice } from './notice.tsx'
import { useFocusBack } from './use-focus-back.ts'

interface DialogProps {
  /** A question or an act. */
  readonly title: string
  readonly subtitle?: string | undefined
  readonly isOpen: boolean
  /** Cancel, Esc, the cross and (where dismissable) the scrim. */
  readonly onClose: () => void
  /** CSS pixels, 480 to 660; never wider than the window less 48. */
  readonly width?: number | undefined
  /** Why the act did not work: the first thing in the body. */
  readonly problem?: Failure | null | undefined
  /** Buttons that belong to `problem`. */
  readonly problemActions?: ReactNode | undefined
  /** A quiet sentence at the left of the foot. */
  readonly footNote?: ReactNode | undefined
  /** "Cancel", then the act. In a dangerous dialog give Cancel `autoFocus`. */
  readonly actions: ReactNode
  /** False once text was typed: then a click on the scrim does not close it. */
  readonly isDismissable?: boolean | undefined
  readonly role?: 'dialog' | 'alertdialog' | undefined
  /** Makes body and foot a form: Enter in a field and the act (`type="submit"`) both do this. */
  readonly onSubmit?: (() => void) | undefined
  readonly children?: ReactNode | undefined
}

/** A question over the page. Focus begins in the first field, stays inside, and returns on close. */
export function Dialog(props: DialogProps) {
  const role = props.role ?? 'dialog'
  useFocusBack()
  return (
    <ModalOverlay
      className="dialog-scrim"
      isOpen={props.isOpen}
      isDismissable={props.isDismissable ?? role === 'dialog'}
      onOpenChange={(isOpen) => !isOpen && props.onClose()}
    >
      <Modal className="dialog-box" style={{ inlineSize: props.width ?? 520 }}>
        <RoleDialog className="dialog" role={role}>
          <header className="dialog-head">
            <div className="dialog-titles">
              <Heading slot="title" level={1} className="dialog-title">
                {props.title}
              </Heading>
              {props.subtitle !== undefined && <p className="dialog-subtitle">{props.subtitle}</p>}
            </div>
            {role === 'dialog' && <IconButton label="Close" icon="close" onPress={props.onClose} />}
          </header>
          <DialogForm onSubmit={props.onSubmit}>
            <DialogBody role={role} problem={props.problem} problemActions={props.problemActions}>
              {props.children}
            </DialogBody>
            <footer className="dialog-foot">
              <div className="dialog-note">{props.footNote}</div>
              <div className="dialog-actions">{props.actions}</div>
            </footer>
          </DialogForm>
        </RoleDialog>
      </Modal>
    </ModalOverlay>
  )
}

function DialogForm({ onSubmit, children }: Pick<DialogProps, 'onSubmit' | 'children'>) {
  if (!onSubmit) return children
  function submit(event: FormEvent): void {
    event.preventDefault()
    // React hands it on to a form that the dialog was opened from.
    event.stopPropagation()
    onSubmit?.()
  }
  return (
    <form className="dialog-form" noValidate onSubmit={submit}>
      {children}
    </form>
  )
}

function DialogBody(props: Pick<DialogProps, 'role' | 'problem' | 'problemActions' | 'children'>) {
  const body = useRef<HTMLDivElement>(null)
  useFirstField(body, props.role === 'dialog')
  return (
    <div className="dialog-body" ref={body}>
      {props.problem && (
        <Notice kind="problem" title={props.problem.message} actions={props.problemActions}>
          {props.problem.advice}
          {props.problem.slackCode !== undefined && ` Slack’s code: ${props.problem.slackCode}.`}
        </Notice>
      )}
      {props.children}
    </div>
  )
}

/** Puts the focus into the first field, unless something in the dialog asked for it already. */
function useFirstField(body: { readonly current: HTMLElement | null }, isWanted: boolean): void {
  useEffect(() => {
    const dialog = body.current?.closest('section')
    if (!isWanted || dialog?.contains(document.activeElement)) return
    body.current?.querySelector<HTMLElement>('input:enabled, textarea:enabled')?.focus()
  }, [body, isWanted])
}
