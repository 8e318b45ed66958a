/**
 * The practice Slack alone, in plain Node. Standard output gets one line of JSON once it listens;
 * SIGINT or SIGTERM ends it.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as z from 'zod'
import { PRACTICE_PORT, redirectUrls } from '../contract/redirect.ts'
import { AppError, toFailure } from '../errors.ts'
import { PASTE_REDIRECT_URL } from './apps.ts'
import { ANSWERS_PATH, LIST_PATH } from './description.ts'
import { type PracticeSlack, startPracticeSlack } from './practice-slack.ts'

const USAGE = 'Usage: npm run -s practice -- [--port N] [--data-dir DIR] [--token-life SECONDS]'

const argumentsSchema = z.object({
  port: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().max(65_535))
    .default(PRACTICE_PORT),
  'data-dir': z.string().min(1).optional(),
  'token-life': z
    .string()
    .regex(/^\d{1,6}$/)
    .transform(Number)
    .pipe(z.number().min(1))
    .optional(),
})
type Arguments = z.infer<typeof argumentsSchema>

/** Null when they cannot be understood. */
function readArguments(args: string[]): Arguments | null {
  try {
    const text = { type: 'string' } as const
    const options = { port: text, 'data-dir': text, 'token-life': text }
    const parsed = argumentsSchema.safeParse(parseArgs({ args, options }).values)
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Starts it and stays; a folder that was not named is a private one, removed at the end. */
async function run({ port, 'data-dir': named, ...rest }: Arguments): Promise<void> {
  const dataDir = named ?? (await mkdtemp(join(tmpdir(), 'token-desk-practice-')))
  const removeOwn = async () => {
    if (named === undefined) await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const life = rest['token-life']
    const practice = await startPracticeSlack({
      ...{ port, dataDir },
      ...(life === undefined ? {} : { tokenLifeSeconds: life }),
    })
    closeOnSignal(practice, removeOwn)
    process.stdout.write(`${JSON.stringify(introduction(practice))}\n`)
  } catch (thrown) {
    await removeOwn()
    throw thrown
  }
}

function closeOnSignal(practice: PracticeSlack, removeOwn: () => Promise<void>): void {
  const close = () => {
    practice.close().then(removeOwn).then(leave, fail)
  }
  process.once('SIGINT', close)
  process.once('SIGTERM', close)
}

/** The secret is printed since that is what was asked for: nobody else can know it. */
function introduction(practice: PracticeSlack): Record<string, unknown> {
  return {
    url: practice.url,
    clientId: practice.clientId,
    clientSecret: practice.clientSecret.expose(),
    redirectUrls: [...redirectUrls('https'), PASTE_REDIRECT_URL],
    pkceClientId: practice.pkceClientId,
    pkceRedirectUrls: redirectUrls('pkce'),
    appsUrl: `${practice.url}${LIST_PATH}`,
    answersUrl: `${practice.url}${ANSWERS_PATH}`,
  }
}

function leave(): void {
  process.exit(0)
}

function fail(thrown: unknown): void {
  const { message, advice } = toFailure(thrown)
  const shown = thrown instanceof AppError ? `${message}. ${advice}` : message
  process.stderr.write(`${shown}\n`)
  process.exit(1)
}

const given = readArguments(process.argv.slice(2))
if (given === null) {
  process.stderr.write(`${USAGE}\n`)
  process.exitCode = 2
} else {
  run(given).catch(fail)
}
