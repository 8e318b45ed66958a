/**
 * Breaks what can break, at random moments, and counts what is lost. Also the program of the processes
 * that are killed: `child JOB PLACE`, `disk MOUNT PLACE` and `clock PLACE`.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPracticeSlack } from '../../main/practice/practice-slack.ts'
import { createRandom, FUZZ_SEED } from '../fuzz/random.ts'
import { answerConsent, startApp } from '../main/rooms-fixture.ts'
import { clockJumps } from './clock-jumps.ts'
import { fullAndReadOnlyDisk } from './full-disk.ts'
import { installationOf, type Job, workUntilKilled, writeEnv } from './jobs.ts'
import { killRounds } from './kill-rounds.ts'
import { makePlace, type PlaceSpec, placeOf } from './place.ts'
import { openSlackFront, SLACK_FAULTS } from './slack-front.ts'
import { slackTroubles } from './slack-troubles.ts'

const [mode = '', ...rest] = process.argv.slice(2)
const say = (line: string) => void process.stdout.write(`${line}\n`)

/** The part of a process of its own: its losses are its lines. */
async function reportOf(losses: Promise<string[]>): Promise<void> {
  for (const line of await losses) say(line)
}

if (mode === 'child') await workUntilKilled(rest[0] as Job, JSON.parse(rest[1] ?? ''))
else if (mode === 'disk')
  await reportOf(fullAndReadOnlyDisk(rest[0] ?? '', JSON.parse(rest[1] ?? '')))
else if (mode === 'clock') await reportOf(clockJumps(JSON.parse(rest[0] ?? '')))
else process.exitCode = (await breakThings(Number(mode))) === 0 ? 0 : 1

/** Answers the number of losses. */
async function breakThings(rounds: number): Promise<number> {
  if (!Number.isSafeInteger(rounds) || rounds < 1) throw new RangeError(`rounds: ${mode}`)
  const spec = await makePlace()
  const slackFolder = mkdtempSync(join(tmpdir(), 'token-desk-faults-slack-'))
  const slack = await startPracticeSlack({ port: 0, dataDir: slackFolder })
  const front = await openSlackFront(slack.url, spec.practicePort)
  try {
    await furnish(spec)
    say(`Faults, seed ${FUZZ_SEED}`)
    const killed = await killRounds(rounds, { spec, front, random: createRandom() })
    const { save, write, refresh } = killed.killed
    say(`killed: ${rounds} rounds (${save} saves, ${write} env writes, ${refresh} refreshes)`)
    say(
      `done before: ${killed.done.save} saves, ${killed.done.write} env writes, ${killed.done.refresh} refreshes`,
    )
    const disk = await onSmallDisk(spec)
    say('disk: full, read-only')
    const refreshesBefore = front.refreshes
    const clock = await inProcess(process.execPath, [program(), 'clock', JSON.stringify(spec)])
    const asked = front.refreshes - refreshesBefore
    say(`clock: 5 jumps, ${asked} calls for new tokens`)
    const troubles = await slackTroubles(spec, front)
    say(
      `Slack: ${SLACK_FAULTS.join(', ')}; ${front.met.length} met, ${front.refreshes} calls for new tokens`,
    )
    const losses = [...killed.losses, ...disk, ...clock, ...troubles, ...idle(killed.done)]
    if (asked > MOST_REFRESHES) losses.push(`clock: Slack was asked ${asked} times`)
    for (const line of losses) say(`LOST ${line}`)
    say(`${rounds} rounds, ${front.met.length + 7} other faults, ${losses.length} losses`)
    return losses.length
  } finally {
    await front.close()
    await slack.close()
    for (const folder of [spec.root, slackFolder]) {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  }
}

/** Two tokens, five jumps, twice over. */
const MOST_REFRESHES = 20

/** A job of which nothing was ever done was not tried. */
function idle(done: Readonly<Record<Job, number>>): string[] {
  return Object.entries(done).flatMap(([job, count]) =>
    count === 0 ? [`no ${job} was ever done`] : [],
  )
}

/** A workspace with two rotating tokens, and one of them in the env file. */
async function furnish(spec: PlaceSpec): Promise<void> {
  const place = placeOf(spec)
  const app = await startApp(place)
  await app.handlers['practice/try']()
  await answerConsent(place, app.opened.at(-1) ?? '')
  while (app.sources.installations()[0]?.lastCheckedAtMs == null) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  if (installationOf(app).credentials.length !== 2) throw new Error('there are not two tokens')
  await writeEnv(app, spec, 0)
  await app.close()
}

function program(): string {
  return process.argv[1] ?? ''
}

/** A tmpfs in a mount namespace of its own; as an ordinary user in a user namespace besides. */
async function onSmallDisk(spec: PlaceSpec): Promise<string[]> {
  const mount = join(spec.root, 'disk')
  const script =
    'mkdir -p "$1" && mount -t tmpfs -o size=4m tmpfs "$1" && exec "$2" "$3" disk "$1" "$4"'
  const args = [process.getuid?.() === 0 ? '-m' : '-rm', 'sh', '-c', script, 'sh', mount]
  return inProcess('unshare', [...args, process.execPath, program(), JSON.stringify(spec)])
}

/** The lines that it printed; one that did not run to its end is a loss: it is never passed over. */
function inProcess(command: string, args: readonly string[]): Promise<string[]> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return new Promise((resolve) => {
    child.once('error', (cause) => resolve([`${command} could not be started: ${cause.message}`]))
    child.once('close', (code) => {
      const lines = said.split('\n').filter((line) => line !== '')
      const name = [command, ...args].find((arg) => arg === 'clock') ?? 'the small disk'
      resolve(
        code === 0
          ? lines
          : [...lines, `${name}: its process ended with ${code}; this fault was not tried`],
      )
    })
  })
}
