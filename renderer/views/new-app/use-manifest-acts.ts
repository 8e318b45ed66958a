import { useState } from 'react'
import type { Failure } from '../../../main/contract/errors.ts'
import type { EnvironmentRef, ManifestProblem } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useNavigation } from '../../app/navigation.ts'
import { useCall } from '../../app/use-call.ts'
import { useToasts } from '../../parts/toast.tsx'

type Act = 'create' | 'prefill' | 'copy'

export interface ManifestActs {
  /** The act under way. */
  readonly busy: Act | null
  readonly failure: Failure | null
  /** What Slack refused, of the text as it was sent. */
  readonly refused: readonly ManifestProblem[]
  /** Slack's page was opened with the manifest: the IDs of the new app are wanted next. */
  readonly wasOpened: boolean
  /** Has Slack create the app, then shows its page. */
  readonly create: (environment: EnvironmentRef, text: string, appName: string) => Promise<void>
  readonly prefill: (environment: EnvironmentRef, text: string) => Promise<void>
  readonly copy: (text: string) => Promise<void>
  /** The manifest is another now: what was said of the last one is over. */
  readonly forget: () => void
}

/** What can be done with a new manifest. */
export function useManifestActs(): ManifestActs {
  const api = useApi()
  const { go } = useNavigation()
  const { show } = useToasts()
  const act = useCall()
  const [last, setLast] = useState<Act>('create')
  const [refused, setRefused] = useState<readonly ManifestProblem[]>([])
  const [wasOpened, setOpened] = useState(false)
  return {
    busy: act.isBusy ? last : null,
    failure: act.failure,
    refused,
    wasOpened,
    async create(environment, text, appName) {
      setLast('create')
      setRefused([])
      const answer = await act.run(() => api.call['manifests/create'](environment, text))
      if (answer?.kind === 'refused') setRefused(answer.problems)
      if (answer?.kind !== 'created') return
      const { slackAppId, isUnfinished } = answer
      const shown = { slackAppId, slackAppSegment: 'overview', isDetailOpen: true } as const
      go({ ...shown, isAddingSlackApp: false }, { isSure: true })
      // The page of an unfinished one says itself what is left to do.
      if (!isUnfinished) {
        show({ text: `${appName} created on Slack.`, detail: 'Its secrets are sealed.' })
      }
    },
    async prefill(environment, text) {
      setLast('prefill')
      const done = await act.run(() => api.call['manifests/open-prefilled'](environment, text))
      if (done !== undefined) setOpened(true)
    },
    async copy(text) {
      setLast('copy')
      const done = await act.run(() => api.call['manifests/copy'](text))
      if (done !== undefined) show({ text: 'Manifest copied.' })
    },
    forget() {
      setRefused([])
      setOpened(false)
      act.forget()
    },
  }
}
