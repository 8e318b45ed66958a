import { fail, ok } from '../fake-api.ts'
import { sampleActivity, sampleEntry } from '../sample-activity.ts'
import { sampleSnapshot } from '../sample-snapshot.ts'
import { type Scenario, scenario } from './scenario.ts'

const LONG = 'Northwind Traders International Test Workspace for Release Engineering'

function activity(entries: ReturnType<typeof sampleActivity>): Scenario {
  return scenario(sampleSnapshot(6), { screen: 'activity' }, { 'activity/list': ok(entries) })
}

/** The list of what happened. */
export const ACTIVITY_SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  'activity-none': () => activity([]),
  activity: () => activity(sampleActivity()),
  'activity-full': () => activity(sampleActivity(5000)),
  'activity-problems': () =>
    activity([
      sampleEntry({
        id: 'a',
        what: 'unlock-refused',
        outcome: 'failed',
        code: 'VAULT_WRONG_PASSPHRASE',
        workspace: null,
        slackApp: null,
      }),
      sampleEntry({
        ...{ id: 'b', what: 'written', outcome: 'failed', code: 'ENV_CHANGED_SINCE_PREVIEW' },
        ...{ file: '~/code/release-engineering/northwind-traders/services/bot/.env.local' },
        ...{ workspace: LONG, variable: 'SLACK_BOT_TOKEN' },
      }),
      sampleEntry({
        ...{
          id: 'c',
          outcome: 'failed',
          by: 'itself',
          code: 'SLACK_REFUSED',
          slackCode: 'invalid_refresh_token',
        },
      }),
    ]),
  'activity-failed': () =>
    scenario(
      sampleSnapshot(6),
      { screen: 'activity' },
      {
        'activity/list': ok(sampleActivity()),
        'activity/export': fail('ACTIVITY_EXPORT_FAILED', {
          message: 'The file could not be written',
          advice:
            'Choose another folder, or check the rights and the space there, then export again.',
        }),
      },
    ),
}
