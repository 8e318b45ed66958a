import type { Failure, Remedy } from '../../../main/contract/errors.ts'
import { useApi } from '../../app/api.ts'
import { useDesk } from '../../app/desk-state.ts'
import { useNavigation } from '../../app/navigation.ts'

/** What the remedies do in one place; one that is not named has no button there. */
export type RemedyActs = { readonly [R in Remedy]?: (() => void) | undefined }

/** The `onRemedy` of a FailureNotice; undefined where this place has no such act. */
export function onRemedyOf(failure: Failure | null, acts: RemedyActs): (() => void) | undefined {
  return failure === null ? undefined : acts[failure.remedy]
}

/** The remedies that lead to a Slack app, while it is there. */
export function useSlackAppActs(slackAppId: string | null): RemedyActs {
  const api = useApi()
  const { go } = useNavigation()
  const app = useDesk().snapshot.slackApps.find((one) => one.id === slackAppId)
  if (!app) return {}
  return {
    'edit-slack-app': () =>
      go({ screen: 'slack-apps', slackAppId: app.id, isEditingSlackApp: true }),
    'open-app-settings': () => void api.call['slack-apps/open-settings'](app.environment.ref),
  }
}
