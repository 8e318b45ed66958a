import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Random } from '../fuzz/random.ts'
import { JOBS, type Job } from './jobs.ts'
import { lookAfter } from './look-after.ts'
import { envFile, type PlaceSpec } from './place.ts'
import { SLACK_FAULTS, type SlackFront } from './slack-front.ts'

export interface Rounds {
  readonly rounds: number
  /** By job. */
  readonly killed: Record<Job, number>
  /** What the killed ones had said to be done before. */
  readonly done: Record<Job, number>
  readonly losses: readonly string[]
}

/** Kills a process at a random moment of its job, looks at what is left, and so on. */
export async function killRounds(
  rounds: number,
  { spec, front, random }: { spec: PlaceSpec; front: SlackFront; random: Random },
): Promise<Rounds> {
  const killed = { save: 0, write: 0, refresh: 0 }
  const done = { save: 0, write: 0, refresh: 0 }
  const losses: string[] = []
  for (let round = 0; round < rounds; round += 1) {
    const job = JOBS[round % JOBS.length] ?? 'save'
    // Every other refresh meets a Slack in trouble as well.
    if (job === 'refresh' && random.next() < 0.5) front.failNext(random.pick(SLACK_FAULTS))
    const before = { env: readFileSync(envFile(spec), 'utf8'), issued: front.issued }
    const said = await workAndKill(job, spec, 1 + random.below(3), random.next() * 60)
    killed[job] += 1
    done[job] += said.filter((line) => /^\d+$/.test(line)).length
    front.heal()
    const lost = await lookAfter(spec, before)
    losses.push(...lost.map((what) => `round ${round}, ${job}: ${what}`))
  }
  return { rounds, killed, done, losses }
}

/** How long a process may take to say its first word: one that meets a silent Slack says none. */
const SILENT_MS = 4_000

/** Answers the lines it had said when it was killed, `delayMs` after one of them. */
function workAndKill(job: Job, spec: PlaceSpec, lines: number, delayMs: number): Promise<string[]> {
  const args = [process.argv[1] ?? '', 'child', job, JSON.stringify(spec)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  const kill = () => child.kill('SIGKILL')
  const silent = setTimeout(kill, SILENT_MS)
  let isKilling = false
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (isKilling || said.split('\n').length <= lines) return
    isKilling = true
    setTimeout(kill, delayMs)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      clearTimeout(silent)
      if (signal === 'SIGKILL') resolve(said.split('\n').slice(0, -1))
      else reject(new Error(`the process for “${job}” ended by itself with ${code}: ${said}`))
    })
  })
}
