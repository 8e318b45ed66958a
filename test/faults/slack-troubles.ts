import { readFileSync } from 'node:fs'
import { AppError } from '../../main/errors.ts'
import { startApp } from '../main/rooms-fixture.ts'
import { installationOf } from './jobs.ts'
import { lookAfter } from './look-after.ts'
import { envFile, type PlaceSpec, placeOf } from './place.ts'
import { SLACK_FAULTS, type SlackFront } from './slack-front.ts'

/**
 * Every kind of trouble at Slack in the middle of a refresh, each met by the bot's and the user's token.
 * The app must say a failure of normal life, and have both tokens once Slack is well again.
 */
export async function slackTroubles(spec: PlaceSpec, front: SlackFront): Promise<string[]> {
  const wrong: string[] = []
  for (const fault of SLACK_FAULTS) {
    const before = { env: readFileSync(envFile(spec), 'utf8'), issued: front.issued }
    const metBefore = front.met.length
    front.failNext(fault, fault)
    const app = await startApp(placeOf(spec))
    try {
      await app.handlers['workspaces/refresh'](installationOf(app).id)
    } catch (thrown) {
      if (!(thrown instanceof AppError)) wrong.push(`${fault}: it broke: ${String(thrown)}`)
    }
    await app.close()
    if (front.met.length === metBefore) wrong.push(`${fault}: no refresh met it`)
    front.heal()
    const lost = await lookAfter(spec, before)
    wrong.push(...lost.map((what) => `Slack answers ${fault}: ${what}`))
  }
  return wrong
}
