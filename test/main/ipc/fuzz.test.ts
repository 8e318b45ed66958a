import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { CALLS, type CallName } from '../../../main/contract/calls.ts'
import { CALL_NAMES } from '../../../main/contract/names.ts'
import { HOSTILE_TEXTS, hostileValue } from '../../fuzz/hostile-values.ts'
import { createRandom, FUZZ_SEED, type Random } from '../../fuzz/random.ts'
import {
  type App,
  answerConsent,
  filesIn,
  openPlace,
  type Place,
  startApp,
} from '../rooms-fixture.ts'
import { type Door, frames, openDoor } from './fuzz-door.ts'

/** Hostile payloads for each call. */
const ROUNDS = 500
const AGAIN = `again with TOKEN_DESK_FUZZ_SEED=${FUZZ_SEED}`

/** A workspace with tokens, an env file that one was written to, and every room behind the real door. */
async function furnished(): Promise<{ place: Place; app: App; door: Door }> {
  const place = await openPlace()
  writeFileSync(join(place.home, '.env'), 'A=1\n')
  const app = await startApp(place)
  await app.handlers['practice/try']()
  await answerConsent(place, app.opened.at(-1) ?? '')
  await expect.poll(() => app.sources.installations()[0]?.lastCheckedAtMs).toBeTypeOf('number')
  const installationId = app.sources.installations()[0]?.id ?? ''
  const ref = { of: 'credential', installationId, credentialId: 'bot' } as const
  app.chosen.path = join(place.home, '.env')
  const file = await app.handlers['sharing/choose-env-file'](ref)
  const preview = await app.handlers['sharing/preview-write'](
    ref,
    file?.id ?? '',
    'SLACK_BOT_TOKEN',
  )
  await app.handlers['sharing/write'](preview.id, { addToGitignore: false })
  return { place, app, door: openDoor(app, place) }
}

/** All that a call could have changed: every file, what was opened, copied and sent. */
function stateOf(place: Place, app: App) {
  return {
    files: [...filesIn(place.dataFolder), ...filesIn(place.home)].sort((a, b) =>
      a.path < b.path ? -1 : 1,
    ),
    opened: [...app.opened],
    clipboard: place.clipboard.text,
    sent: place.watch.addresses.length,
    shown: JSON.stringify({ ...app.desk.snapshot() }),
    polluted: [
      Object.keys(Object.prototype),
      Reflect.get({}, 'isAdmin'),
      Reflect.get([], 'isAdmin'),
    ],
  }
}

/** What the page could send that the contract does not name, as it arrives after the structured clone. */
function badArguments(name: CallName, random: Random): unknown {
  for (;;) {
    const sent = structuredClone(argumentsOf(CALLS[name].args.length, random))
    if (!fits(name, sent)) return sent
  }
}

function argumentsOf(count: number, random: Random): unknown {
  const dice = random.next()
  if (dice < 0.1) return hostileValue(random)
  const length = dice < 0.8 ? count : random.below(count + 4)
  const list = Array.from({ length }, () => hostileValue(random))
  return dice > 0.98 ? Object.assign({ length }, list) : list
}

function fits(name: CallName, sent: unknown): boolean {
  const { args } = CALLS[name]
  if (!Array.isArray(sent) || sent.length !== args.length) return false
  return args.every((schema, index) => schema.safeParse(sent[index]).success)
}

it(`refuses ${ROUNDS} hostile payloads on every call, and nothing changes`, async () => {
  const { place, app, door } = await furnished()
  const before = stateOf(place, app)
  const linesBefore = place.watch.logged.length
  const random = createRandom()
  const wrong: string[] = []
  for (const name of CALL_NAMES) {
    for (let round = 0; round < ROUNDS; round += 1) {
      const answer = await door.invoke(name, badArguments(name, random), frames.own)
      const code = answer.ok ? 'ok' : answer.failure.code
      if (code !== 'IPC_BAD_ARGUMENTS') wrong.push(`${name} #${round}: ${code}`)
    }
  }
  expect(wrong, AGAIN).toEqual([])
  expect(stateOf(place, app)).toEqual(before)
  expect(door.handled).toEqual([])
  // Each was logged by its call and code, none as a defect, and no argument got into a line.
  const lines = place.watch.logged.slice(linesBefore)
  expect(lines).toHaveLength(CALL_NAMES.length * ROUNDS)
  expect(lines.filter((line) => !/^info call failed \{/.test(line))).toEqual([])
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(200)
  // The door still works.
  expect(await door.invoke('desk/load', [], frames.own)).toMatchObject({ ok: true })
}, 60_000)

it('refuses every foreign frame on every call before it looks at the arguments', async () => {
  const { place, app, door } = await furnished()
  const before = stateOf(place, app)
  const random = createRandom(FUZZ_SEED + 1)
  const wrong: string[] = []
  for (const name of CALL_NAMES) {
    for (const [frame, event] of Object.entries(frames.foreign)) {
      const args = random.next() < 0.5 ? wellFormed(name, random) : badArguments(name, random)
      const answer = await door.invoke(name, args, event)
      const code = answer.ok ? 'ok' : answer.failure.code
      if (code !== 'IPC_UNKNOWN_SENDER') wrong.push(`${name} from ${frame}: ${code}`)
    }
  }
  expect(wrong, AGAIN).toEqual([])
  expect(door.handled).toEqual([])
  expect(stateOf(place, app)).toEqual(before)
}, 60_000)

/** Calls that are about something by its ID: an ID of nothing can change nothing. */
const BY_ID = CALL_NAMES.filter((name) => {
  const [first] = CALLS[name].args as readonly { safeParse(value: unknown): { success: boolean } }[]
  if (first === undefined) return false
  return first.safeParse('id').success && !first.safeParse('').success
})

/** What lasts: neither the diary nor the lock files, which are empty and named by a hash. */
function lastingState(place: Place, app: App): unknown {
  const { files, ...rest } = stateOf(place, app)
  const isLock = ({ path, text }: { path: string; text: string }) =>
    /\/locks\/[^/]+\.lock$/.test(path) && text === ''
  return { ...rest, files: files.filter((file) => !isLock(file) && file.path !== diary(place)) }
}

function diary({ dataFolder }: Place): string {
  return join(dataFolder, 'activity.jsonl')
}

function activityOf(place: Place): string[] {
  const found = filesIn(place.dataFolder).find(({ path }) => path === diary(place))
  return (found?.text ?? '').split('\n').filter((line) => line !== '')
}

it('knows nothing by an ID that it did not give, however the ID is spelled', async () => {
  const { place, app, door } = await furnished()
  expect(BY_ID.length).toBeGreaterThan(30)
  const before = lastingState(place, app)
  const told = activityOf(place)
  const random = createRandom(FUZZ_SEED + 2)
  const wrong = new Set<string>()
  for (const name of BY_ID) {
    for (let round = 0; round < 100; round += 1) {
      const args = wellFormed(name, random)
      if (args === null) {
        wrong.add(`${name}: no arguments were found that fit`)
        break
      }
      const answer = await door.invoke(name, args, frames.own)
      const code = answer.ok ? 'ok' : answer.failure.code
      if (code === 'UNEXPECTED') wrong.add(name)
    }
  }
  expect([...wrong], AGAIN).toEqual([])
  expect(lastingState(place, app)).toEqual(before)
  // Activity says that they failed, about nothing that is here, and quotes none of them.
  const lines = activityOf(place)
  expect(lines.slice(0, told.length)).toEqual(told)
  const entries = lines.slice(told.length).map((line) => JSON.parse(line))
  expect(
    entries.filter(({ outcome, installationId }) => outcome !== 'failed' || installationId),
  ).toEqual([])
  const quoted = HOSTILE_TEXTS.filter((text) => /[^\w\s.-]/.test(text) && text.length > 4)
  expect(
    quoted.filter((text) => lines.join('\n').includes(JSON.stringify(text).slice(1, -1))),
  ).toEqual([])
}, 60_000)

const PLAIN: readonly unknown[] = [
  ...[null, true, false, 0, 1, [], {}, ['id'], [{ id: 'id', as: null }]],
  ...[
    { kind: 'found' },
    { kind: 'new', name: '__proto__' },
    { kind: 'slack' },
    { addToGitignore: true },
  ],
  { kind: 'installation', installationId: '__proto__' },
  ...[{ intoNewVault: false }, 'basic', 'link'],
  {
    ...{ name: '__proto__', environment: { kind: 'slack' }, clientId: '1.2', clientSecret: null },
    ...{ signingSecret: null, verificationToken: null, flow: 'v2', strategy: 'https' },
    ...{ redirectUrl: null, botScopes: ['constructor'], userScopes: [], optionalScopes: [] },
  },
]

/** Arguments that fit the contract, made of hostile texts; null where none is known. */
function wellFormed(name: CallName, random: Random): unknown[] | null {
  const args: unknown[] = []
  for (const schema of CALLS[name].args) {
    const pool = [...HOSTILE_TEXTS, ...HOSTILE_TEXTS.map((text) => [text]), ...PLAIN]
    const fitting = pool.filter((value) => schema.safeParse(value).success)
    if (fitting.length === 0) return null
    args.push(random.pick(fitting))
  }
  return args
}
