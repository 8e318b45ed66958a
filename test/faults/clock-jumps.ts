import { startApp } from '../main/rooms-fixture.ts'
import { installationOf } from './jobs.ts'
import { type PlaceSpec, placeOf } from './place.ts'

const HOUR_MS = 60 * 60 * 1000
/** Forward over the end of every token, back before its begin, and home again. */
const JUMPS_MS = [2 * HOUR_MS, 400 * 24 * HOUR_MS, -2 * HOUR_MS, -400 * 24 * HOUR_MS, 0]

/**
 * Lets the clock of this process jump under a running app, as a computer with an empty battery or a
 * wrong time server does; Slack's stays right. Answers what was lost.
 */
export async function clockJumps(spec: PlaceSpec): Promise<string[]> {
  const wrong: string[] = []
  const realNow = Date.now
  const app = await startApp(placeOf(spec))
  try {
    for (const [index, jump] of JUMPS_MS.entries()) {
      Date.now = () => realNow() + jump
      const { id } = installationOf(app)
      await app.handlers['workspaces/set-note'](id, `jump ${index}`)
      await app.handlers['workspaces/refresh'](id)
      await app.handlers['workspaces/check'](id)
      const { note, credentials } = installationOf(app)
      if (note !== `jump ${index}`) wrong.push(`jump ${index}: the note is ${note}`)
      const bad = credentials.filter(({ state }) => state !== 'working')
      // With the clock at the right time again, that is; a wrong one may call a good token expired.
      if (jump === 0 && bad.length > 0) wrong.push(`${bad.length} tokens do not work any more`)
      if (credentials.length < 2) wrong.push(`jump ${index}: a credential is gone`)
    }
  } finally {
    Date.now = realNow
    await app.close()
  }
  const again = await startApp(placeOf(spec))
  if (again.vault.view.state !== 'ready') wrong.push(`the vault is ${again.vault.view.state}`)
  else if (installationOf(again).credentials.length < 2) wrong.push('a credential is gone')
  await again.close()
  return wrong
}
