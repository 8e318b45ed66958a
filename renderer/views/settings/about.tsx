import { useApi } from '../../app/api.ts'
import { useDesk } from '../../app/desk-state.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useToasts } from '../../parts/toast.tsx'
import { SettingGroup, SettingRow } from './setting-row.tsx'

/** Version, runtime, where the data lives, and diagnostics for a report. */
export function About() {
  const api = useApi()
  const { info } = useDesk().snapshot
  const opening = useCall()
  return (
    <>
      {info.isTestRuntime && (
        <Notice kind="warning" title="This build runs on an Electron that is out of support">
          It was made for tests. It gets no security updates: do not keep tokens of real workspaces
          in it.
        </Notice>
      )}
      <SettingGroup name="Token Desk for Slack">
        <SettingRow
          name="Version"
          sentence={<span className="setting-value">{info.version}</span>}
        />
        <SettingRow
          name="Runtime"
          sentence={`Electron ${info.electron} · Chrome ${info.chrome} · Node ${info.node} · ${info.platform}`}
        />
        <SettingRow name="Data folder" sentence={<code>{info.dataFolder}</code>}>
          <Button icon="folder" onPress={() => void opening.run(api.call['desk/open-data-folder'])}>
            Open
          </Button>
        </SettingRow>
        {opening.failure && <FailureNotice failure={opening.failure} />}
        <Diagnostics />
      </SettingGroup>
      <p className="setting-legal">
        Not made by Slack, and not affiliated with it. Slack is a trademark of its owner.
      </p>
    </>
  )
}

function Diagnostics() {
  const api = useApi()
  const { show } = useToasts()
  const copying = useCall()
  async function copy(): Promise<void> {
    const copied = await copying.run(api.call['desk/copy-diagnostics'])
    if (copied !== undefined) show({ text: 'Diagnostics copied.' })
  }
  return (
    <>
      <SettingRow
        name="Diagnostics"
        sentence="Versions and states for a report. No secret is in them."
      >
        <Button icon="copy" onPress={() => void copy()}>
          Copy diagnostics
        </Button>
      </SettingRow>
      {copying.failure && <FailureNotice failure={copying.failure} />}
    </>
  )
}
