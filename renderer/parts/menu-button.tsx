import './menu-button.css'
import {
  Menu,
  MenuItem,
  MenuTrigger,
  Button as MenuTriggerButton,
  Popover,
  Text,
} from 'react-aria-components'
import { ButtonLabel, type ButtonProps } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'

interface MenuButtonProps extends Pick<ButtonProps, 'kind' | 'size' | 'icon'> {
  /** The button's words. */
  readonly label: string
  readonly items: readonly {
    readonly id: string
    readonly label: string
    readonly description?: string | undefined
    readonly icon?: IconName | undefined
  }[]
  readonly onAction: (id: string) => void
  /** Give both to open it from elsewhere, such as a shortcut. */
  readonly isOpen?: boolean | undefined
  readonly onOpenChange?: ((isOpen: boolean) => void) | undefined
}

/** A button that opens a menu of acts. */
export function MenuButton(props: MenuButtonProps) {
  const opening = props.isOpen === undefined ? {} : { isOpen: props.isOpen }
  return (
    <MenuTrigger {...opening} {...(props.onOpenChange && { onOpenChange: props.onOpenChange })}>
      <MenuTriggerButton
        className="button"
        data-kind={props.kind ?? 'outline'}
        data-size={props.size ?? 'default'}
      >
        <ButtonLabel icon={props.icon}>
          {props.label}
          <Icon name="chevron-down" size={14} />
        </ButtonLabel>
      </MenuTriggerButton>
      <Popover className="popover" offset={4}>
        <Menu className="menu" onAction={(key) => props.onAction(String(key))}>
          {props.items.map((item) => (
            <MenuItem key={item.id} id={item.id} textValue={item.label} className="menu-item">
              {item.icon && <Icon name={item.icon} />}
              <Text slot="label" className="menu-label">
                {item.label}
              </Text>
              {item.description !== undefined && (
                <Text slot="description" className="menu-description">
                  {item.description}
                </Text>
              )}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
