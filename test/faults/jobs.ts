import type { SecretRef } from '../../main/contract/views.ts'
import { AppError } from '../../main/errors.ts'
import { type App, startApp } from '../main/rooms-fixture.ts'
import { envFile, type PlaceSpec, placeOf, VARIABLE } from './place.ts'

/** What a process does without end until it is killed. */
export const JOBS = ['save', 'write', 'refresh'] as const
export type Job = (typeof JOBS)[number]

/** Does its job over and over; a line on stdout for each time says that it is durable. */
export async function workUntilKilled(job: Job, spec: PlaceSpec): Promise<never> {
  const app = await startApp(placeOf(spec))
  const installation = installationOf(app)
  let count = Number(installation.note) || 0
  for (;;) {
    count += 1
    const said = await DO[job](app, spec, count).catch(sayRefusal)
    process.stdout.write(`${said ?? count}\n`)
  }
}

const DO: Readonly<Record<Job, (app: App, spec: PlaceSpec, count: number) => Promise<void>>> = {
  save: async (app, _spec, count) =>
    void (await app.handlers['workspaces/set-note'](installationOf(app).id, `${count}`)),
  write: (app, spec, count) => writeEnv(app, spec, count % 2),
  refresh: async (app) => void (await app.handlers['workspaces/refresh'](installationOf(app).id)),
}

/** A failure of normal life, such as Slack's, is part of the job; a defect ends the process. */
async function sayRefusal(thrown: unknown): Promise<string> {
  if (!(thrown instanceof AppError)) throw thrown
  await new Promise((resolve) => setTimeout(resolve, 20))
  return `refused ${thrown.code}`
}

/** The one workspace of the place. */
export function installationOf(app: App) {
  const [installation] = app.sources.installations()
  if (installation === undefined) throw new Error('the workspace is gone')
  return installation
}

/** Every token of the workspace, the bot's first. */
export function refsOf(app: App): SecretRef[] {
  const { id, credentials } = installationOf(app)
  return credentials.map((one) => ({ of: 'credential', installationId: id, credentialId: one.id }))
}

/** Writes one of the two tokens (0, 1) into the env file of the place, as a user would. */
export async function writeEnv(app: App, spec: PlaceSpec, index: number): Promise<void> {
  const ref = refsOf(app)[index]
  if (ref === undefined) throw new Error(`there is no token ${index}`)
  app.chosen.path = envFile(spec)
  const file = await app.handlers['sharing/choose-env-file'](ref)
  const preview = await app.handlers['sharing/preview-write'](ref, file?.id ?? '', VARIABLE)
  await app.handlers['sharing/write'](preview.id, { addToGitignore: false })
}
