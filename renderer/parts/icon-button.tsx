import './icon-button.css'
import type { Ref } from 'react'
import { Icon, type IconName } from './icon.tsx'
import { Tooltip } from './tooltip.tsx'
import { useTooltip } from './use-tooltip.ts'

interface IconButtonProps {
  /** The accessible name, and the tooltip. */
  readonly label: string
  readonly icon: IconName
  /** Keys of the same act as they are shown, such as "Ctrl I". */
  readonly keys?: string | undefined
  readonly onPress: () => void
  readonly isBordered?: boolean | undefined
  readonly isDisabled?: boolean | undefined
  /** Inside chips: 24 px instead of 28. */
  readonly isSmall?: boolean | undefined
  readonly tipSide?: 'below' | 'right' | undefined
  readonly ref?: Ref<HTMLButtonElement> | undefined
}

/** A button whose only sign is an icon; never without a name and a tooltip. */
export function IconButton(props: IconButtonProps) {
  const { isShown, triggerProps, tipProps } = useTooltip()
  return (
    <>
      <button
        ref={props.ref}
        type="button"
        className="icon-button"
        data-bordered={props.isBordered || undefined}
        data-small={props.isSmall || undefined}
        disabled={props.isDisabled}
        aria-label={props.label}
        aria-keyshortcuts={props.keys && spokenKeys(props.keys)}
        onClick={props.onPress}
        {...triggerProps}
      >
        <Icon name={props.icon} />
      </button>
      {isShown && (
        <Tooltip text={props.label} keys={props.keys} side={props.tipSide} {...tipProps} />
      )}
    </>
  )
}

/** "Ctrl Shift L" → "Control+Shift+L", the spelling of aria-keyshortcuts (WAI-ARIA 1.2). */
export function spokenKeys(keys: string): string {
  return keys.replace('Ctrl', 'Control').replace('⌘', 'Meta').replaceAll(' ', '+')
}
