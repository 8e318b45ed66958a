/** What programs ask for beside Slack's own protocol: apps, configuration tokens, planned answers. */
import * as z from 'zod'
import { plannableMethods } from './answers-page.ts'
import { addApp, practiceAppInput } from './apps.ts'
import { addConfigurationToken } from './configuration-tokens.ts'
import { jsonReply, type PracticeRequest, type Reply, textReply } from './messages.ts'
import { type PracticeParts, practiceFault } from './practice-parts.ts'
import { ALL_WORKSPACES } from './world.ts'

const tokenWish = z.object({
  /** Practice Studio if none is named. */
  teamId: z.enum(ALL_WORKSPACES.map(({ id }) => id)).optional(),
})

const answersWish = z.object({
  method: z.string().refine((name) => plannableMethods().includes(name)),
  /** One for each of the next calls; none forgets what was planned for the method. */
  faults: z.array(practiceFault).max(100),
})

export async function registerApp(parts: PracticeParts, request: PracticeRequest): Promise<Reply> {
  return forProgram(request, practiceAppInput, async (input) =>
    jsonReply(await parts.state.change((draft) => addApp(draft, input)), 201),
  )
}

export async function makeConfigurationToken(
  parts: PracticeParts,
  request: PracticeRequest,
): Promise<Reply> {
  return forProgram(request, tokenWish, async ({ teamId }) => {
    const nowMs = parts.clock.now()
    const pair = await parts.state.change((draft) => addConfigurationToken(draft, nowMs, teamId))
    return jsonReply(pair, 201)
  })
}

export async function planAnswers(parts: PracticeParts, request: PracticeRequest): Promise<Reply> {
  return forProgram(request, answersWish, async ({ method, faults }) => {
    parts.planned.plan(method, faults)
    return jsonReply({ method, planned: faults.length })
  })
}

/**
 * For programs alone: a page of our own origin has no business here either. JSON besides, which no
 * web page can send elsewhere without asking first. Source: Fetch standard, CORS-preflight.
 */
async function forProgram<S extends z.ZodType>(
  request: PracticeRequest,
  schema: S,
  act: (input: z.output<S>) => Promise<Reply>,
): Promise<Reply> {
  if (request.headers.origin !== undefined) return textReply(403, 'Web pages may not ask this.\n')
  if (!isJson(request)) return textReply(415, 'The request must come as JSON.\n')
  const input = schema.safeParse(parseJson(request.body))
  return input.success ? act(input.data) : textReply(400, 'The request cannot be understood.\n')
}

/** Whether a program sent it; forms of pages come in another type. */
export function isJson({ headers }: PracticeRequest): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '')
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
