import { FailureNotice } from '../../../app/failure-notice.tsx'
import { Select } from '../../../parts/select.tsx'
import { Switch } from '../../../parts/switch.tsx'
import { SettingRow } from '../setting-row.tsx'
import type { SecuritySetting } from './use-security-setting.ts'

interface SwitchRowProps {
  readonly name: string
  readonly sentence: string
  readonly setting: SecuritySetting<boolean>
  /** The sentence then says why. */
  readonly isDisabled?: boolean
}

/** A setting that is on or off, with what went wrong under it. */
export function SwitchRow({ name, sentence, setting, isDisabled }: SwitchRowProps) {
  return (
    <>
      <SettingRow name={name} sentence={sentence}>
        {(sentenceId) => (
          <Switch
            isOn={setting.value}
            onChange={setting.change}
            label={name}
            describedBy={sentenceId}
            isDisabled={isDisabled}
          />
        )}
      </SettingRow>
      {setting.failure && <FailureNotice failure={setting.failure} />}
    </>
  )
}

interface SelectRowProps<Value extends number> {
  readonly name: string
  readonly sentence: string
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly setting: SecuritySetting<Value>
}

/** A setting with a few values, with what went wrong under it. */
export function SelectRow<Value extends number>(props: SelectRowProps<Value>) {
  const { name, sentence, options, setting } = props
  return (
    <>
      <SettingRow name={name} sentence={sentence}>
        {(sentenceId) => (
          <Select
            label={name}
            describedBy={sentenceId}
            options={options}
            value={setting.value}
            onChange={setting.change}
          />
        )}
      </SettingRow>
      {setting.failure && <FailureNotice failure={setting.failure} />}
    </>
  )
}
