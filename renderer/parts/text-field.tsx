import type { ReactNode, RefObject } from 'react'
import { FieldFrame } from './field-frame.tsx'

interface TextFieldProps {
  readonly label: string
  readonly help?: ReactNode | undefined
  readonly problem?: string | undefined
  readonly value: string
  readonly onChange: (value: string) => void
  readonly isMono?: boolean | undefined
  readonly isOptional?: boolean | undefined
  readonly placeholder?: string | undefined
  readonly isDisabled?: boolean | undefined
  /** Stands in the field's place while it is disabled. */
  readonly disabledReason?: string | undefined
  readonly onBlur?: (() => void) | undefined
  readonly name?: string | undefined
  /** More than one makes it a text area. */
  readonly rows?: number | undefined
  readonly maxLength?: number | undefined
  readonly autoFocus?: boolean | undefined
  readonly inputRef?:
    | RefObject<HTMLInputElement | null>
    | RefObject<HTMLTextAreaElement | null>
    | undefined
}

/** A field for text that is no secret; secrets have `SecretField`. */
export function TextField(props: TextFieldProps) {
  const isOff = props.isDisabled === true
  const reason = isOff ? props.disabledReason : undefined
  const shared = {
    className: 'field-input',
    'data-mono': (props.isMono && reason === undefined) || undefined,
    name: props.name,
    value: reason === undefined ? props.value : '',
    placeholder: reason ?? props.placeholder,
    disabled: isOff,
    maxLength: props.maxLength,
    autoFocus: props.autoFocus,
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { readonly target: { readonly value: string } }) =>
      props.onChange(event.target.value),
    onBlur: props.onBlur,
  }
  const isArea = props.rows !== undefined && props.rows > 1
  return (
    <FieldFrame
      label={props.label}
      help={props.help}
      problem={props.problem}
      mark={props.isOptional ? 'optional' : undefined}
    >
      {(control) =>
        isArea ? (
          <textarea
            {...control}
            {...shared}
            rows={props.rows}
            ref={props.inputRef as RefObject<HTMLTextAreaElement | null>}
          />
        ) : (
          <input
            {...control}
            {...shared}
            type="text"
            ref={props.inputRef as RefObject<HTMLInputElement | null>}
          />
        )
      }
    </FieldFrame>
  )
}
