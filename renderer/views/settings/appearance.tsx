import { useState } from 'react'
import type { AppInfo } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useDesk } from '../../app/desk-state.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Segmented } from '../../parts/segmented.tsx'
import { SettingGroup, SettingRow } from './setting-row.tsx'

const THEMES = [
  { id: 'system', label: 'System' },
  { id: 'light', label: 'Light' },
  { id: 'dark', label: 'Dark' },
] as const

/** The theme. A change that could not be kept springs back, with the reason under its row. */
export function Appearance() {
  const api = useApi()
  const { theme } = useDesk().snapshot.info
  const setting = useCall()
  const [wanted, setWanted] = useState<AppInfo['theme'] | null>(null)

  async function choose(next: AppInfo['theme']): Promise<void> {
    setWanted(next)
    await setting.run(() => api.call['desk/set-theme'](next))
    setWanted(null)
  }
  return (
    <SettingGroup name="Theme">
      <SettingRow name="Light or dark" sentence="Follows the system unless you choose one.">
        <Segmented
          label="Light or dark"
          options={THEMES}
          value={wanted ?? theme}
          onChange={(next) => void choose(next)}
        />
      </SettingRow>
      {setting.failure && <FailureNotice failure={setting.failure} />}
    </SettingGroup>
  )
}
