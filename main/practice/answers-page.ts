/** `/practice/answers`: makes the next call of a method fail as chosen. */
import { ANSWERS_PATH, LIST_PATH } from './description.ts'
import { CODE_GROUPS } from './documented-codes.ts'
import { field, form, option, optionGroup, row } from './form-parts.ts'
import { ID_TOKEN_FAULTS } from './id-token-fault.ts'
import type { Reply } from './messages.ts'
import { METHODS } from './methods.ts'
import { pageReply } from './page.ts'
import { faultName } from './planned-answers.ts'
import { type PracticeFault, type PracticeParts, practiceFault } from './practice-parts.ts'
import { WEBHOOK_METHOD } from './webhooks.ts'

/** The answers that can be chosen, by the value that the form sends. */
const FAULTS: readonly (readonly [label: string, fault: PracticeFault])[] = [
  ['No answer for a minute', 'slow'],
  ['A page instead of JSON', 'garbage'],
  ['The connection is cut', 'hang-up'],
  ['HTTP 500', { status: 500 }],
  ['HTTP 503', { status: 503 }],
]
const ID_TOKENS = ID_TOKEN_FAULTS.map(
  (idToken) => [`ID token: ${idToken.replace('-', ' ')}`, { idToken }] as const,
)

/** The form, and what is planned so far. */
export function answersPage(parts: PracticeParts): Reply {
  const methods = plannableMethods().map((name) => option(name, name))
  const content = `<div class="fields">${field('Method', 'method', methods)}${field('Answer', 'fault', faultOptions())}</div>
<div class="actions"><div class="buttons"><button class="filled">Answer this next</button></div></div>`
  return pageReply(
    'Planned answers',
    `<h1>Make the next call fail</h1>
<p>The next call of the method gets this answer, once. Several are given in turn. A restart forgets them.</p>
${form(ANSWERS_PATH, parts.pageForms.open({ kind: 'plan-answer' }), content)}
<h2>Planned</h2>
${plannedList(parts)}
<p><a href="${LIST_PATH}">Back to the Slack apps</a></p>`,
  )
}

/** Methods whose answers can be planned. */
export function plannableMethods(): string[] {
  return [...METHODS.keys(), WEBHOOK_METHOD].sort()
}

/** The fault that the form named; null for one that is not offered. */
export function readFault(value: string): PracticeFault | null {
  try {
    const parsed = practiceFault.safeParse(JSON.parse(value))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function faultOptions(): string[] {
  const offer = ([label, fault]: readonly [string, PracticeFault]) =>
    option(JSON.stringify(fault), label)
  const codes = CODE_GROUPS.map(({ heading, codes: all }) =>
    optionGroup(
      heading,
      all.map(([error, meaning]) => offer([`${error}: ${meaning}`, { error }])),
    ),
  )
  const others = optionGroup('Without a code', FAULTS.map(offer))
  return [...codes, others, optionGroup('Sign in with Slack', ID_TOKENS.map(offer))]
}

function plannedList(parts: PracticeParts): string {
  const rows = [...parts.planned.waiting()].map(([method, faults]) =>
    row(method, faults.map(faultName)),
  )
  return rows.length === 0 ? '<p>Nothing.</p>' : `<dl>${rows.join('')}</dl>`
}
