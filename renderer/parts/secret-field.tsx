import { type ReactNode, type Ref, useImperativeHandle, useRef, useState } from 'react'
import { FieldFrame } from './field-frame.tsx'
import { IconButton } from './icon-button.tsx'

/** What a form does with a secret field. The value lives in the input element alone. */
export interface SecretFieldHandle {
  /** Gives the value and empties the field: once, on submit. */
  take(): string
  /** Reads without emptying, only to compare or to judge; never keep what it gives. */
  peek(): string
  /** Puts back what `take` gave, after the act was refused; drop your own copy at once. */
  giveBack(value: string): void
  clear(): void
  focus(): void
}

interface SecretFieldProps {
  readonly label: string
  readonly help?: ReactNode | undefined
  readonly problem?: string | undefined
  readonly placeholder?: string | undefined
  readonly isDisabled?: boolean | undefined
  /** Stands in the field's place while it is disabled. */
  readonly disabledReason?: string | undefined
  readonly isOptional?: boolean | undefined
  /** Offers a button that shows what is being typed (passphrases). */
  readonly canShow?: boolean | undefined
  /** 36 px high, for pages of one column. */
  readonly isLarge?: boolean | undefined
  readonly autoFocus?: boolean | undefined
  /** Called on each edit; judge the text at once (its length, its strength) and keep nothing of it. */
  readonly onEdit?: ((value: string) => void) | undefined
  readonly onBlur?: (() => void) | undefined
  readonly name?: string | undefined
  readonly ref?: Ref<SecretFieldHandle> | undefined
}

/** A field for a secret: dots, uncontrolled, handed over once and then emptied. Never filled from the store. */
export function SecretField(props: SecretFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  const [isShown, setShown] = useState(false)
  useImperativeHandle(props.ref, () => handleOf(input, () => setShown(false)), [])
  const isOff = props.isDisabled === true
  return (
    <FieldFrame
      label={props.label}
      help={props.help}
      problem={props.problem}
      mark={props.isOptional ? 'optional' : undefined}
    >
      {(control) => (
        <div className={props.canShow ? 'field-box' : undefined} data-large={props.isLarge}>
          <input
            {...control}
            ref={input}
            className="field-input"
            type={isShown ? 'text' : 'password'}
            name={props.name}
            placeholder={(isOff ? props.disabledReason : undefined) ?? props.placeholder}
            disabled={isOff}
            autoComplete="off"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: a page of one field begins in it (ui 5.10)
            autoFocus={props.autoFocus}
            onInput={(event) => props.onEdit?.(event.currentTarget.value)}
            onBlur={props.onBlur}
          />
          {props.canShow && (
            <IconButton
              label={isShown ? `Hide ${lower(props.label)}` : `Show ${lower(props.label)}`}
              icon={isShown ? 'eye-off' : 'eye'}
              onPress={() => setShown(!isShown)}
            />
          )}
        </div>
      )}
    </FieldFrame>
  )
}

function handleOf(
  input: { readonly current: HTMLInputElement | null },
  hide: () => void,
): SecretFieldHandle {
  const write = (value: string): void => {
    if (input.current) input.current.value = value
  }
  return {
    take() {
      const value = input.current?.value ?? ''
      write('')
      hide()
      return value
    },
    peek: () => input.current?.value ?? '',
    giveBack: write,
    clear() {
      write('')
      hide()
    },
    focus: () => input.current?.focus(),
  }
}

function lower(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1)
}
