import './switch.css'

interface SwitchProps {
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  /** Its name: the words beside it. */
  readonly label: string
  /** ID of the sentence beside it, which says as well why it is disabled. */
  readonly describedBy?: string | undefined
  /** It stays in the Tab order, so that the reason can be heard. */
  readonly isDisabled?: boolean | undefined
}

/** On or off, at once. Shape and place of the knob say it beside the colour. */
export function Switch({ isOn, onChange, label, describedBy, isDisabled }: SwitchProps) {
  return (
    <input
      type="checkbox"
      role="switch"
      className="switch"
      checked={isOn}
      aria-checked={isOn}
      aria-label={label}
      aria-describedby={describedBy}
      aria-disabled={isDisabled || undefined}
      onChange={(event) => {
        if (!isDisabled) onChange(event.target.checked)
      }}
    />
  )
}
