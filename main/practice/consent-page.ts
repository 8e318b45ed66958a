/** The page where the user allows, cancels, or asks for a failure to practise with. */
import type { AuthorizeRequest } from './authorize-request.ts'
import { CHOSEN_ANSWERS } from './chosen-answers.ts'
import type { Reply } from './messages.ts'
import { escapeHtml, pageReply } from './page.ts'
import { scopeMeaning, WEBHOOK_SCOPE } from './scopes.ts'
import type { PracticeApp } from './state.ts'
import { findWorkspace, WORKSPACES } from './world.ts'

const CHEVRON =
  '<svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="m3.5 6 4.5 4.5L12.5 6"/></svg>'

/** @param formToken goes into the form and nowhere else */
export function consentPage(app: PracticeApp, request: AuthorizeRequest, formToken: string): Reply {
  const name = escapeHtml(app.name)
  const teams = WORKSPACES.map(
    (one) => `<span class="team team-${one.id}">${escapeHtml(one.name)}</span>`,
  ).join('')
  return pageReply(
    `Let ${app.name} in`,
    `<h1>Let <bdi>${name}</bdi> into ${teams}<span class="any-team">a practice workspace</span>?</h1>
<p>Slack’s own page asks the same question. Allow sends you back to Token Desk with a practice code.</p>
<form method="post" action="/oauth/v2/authorize" autocomplete="off">
<input type="hidden" name="form" value="${formToken}">
${fields(request)}
${scopeList('As a bot', 'bot', request.botScopes, app.botScopes)}${scopeList('As you', 'user', request.userScopes, app.userScopes)}${ACTIONS}
</form>`,
  )
}

function fields(request: AuthorizeRequest): string {
  const [first] = WORKSPACES
  const chosen = findWorkspace(request.teamId ?? '') ?? first
  const teams = WORKSPACES.map((one) => option(one.id, one.name, one === chosen))
  // People and channels are the same everywhere, so a place in the list will do.
  const people = (first?.people ?? []).map((one, index) => option(`${index}`, one.label))
  const channels = (first?.channels ?? []).map((one, index) => option(`${index}`, one.name))
  const channel = request.botScopes.includes(WEBHOOK_SCOPE)
    ? field('Channel for the webhook', 'channel', channels)
    : ''
  return `<div class="fields">${field('Workspace', 'team', teams)}${field('Act as', 'person', people)}${channel}</div>`
}

function field(label: string, name: string, options: readonly string[]): string {
  return `<div><label for="${name}">${label}</label><div class="select"><select id="${name}" name="${name}">${options.join('')}</select>${CHEVRON}</div></div>`
}

function option(value: string, label: string, isChosen = false): string {
  return `<option value="${value}"${isChosen ? ' selected' : ''}>${escapeHtml(label)}</option>`
}

function scopeList(
  heading: string,
  side: 'bot' | 'user',
  scopes: readonly string[],
  saved: readonly string[],
): string {
  if (scopes.length === 0) return ''
  const rows = scopes.map((scope) => {
    const meaning = scopeMeaning(side, scope) ?? 'Not on Token Desk’s list; Slack may know it'
    const isForeign = saved.length > 0 && !saved.includes(scope)
    const hint = isForeign ? '<span class="hint">Not in the settings of this app</span>' : ''
    return `<div><dt>${escapeHtml(scope)}</dt><dd>${escapeHtml(meaning)}${hint}</dd></div>`
  })
  return `<h2>${heading}</h2>\n<dl>${rows.join('')}</dl>\n`
}

const ANSWER_GROUPS = CHOSEN_ANSWERS.map(
  ({ heading, answers }) =>
    `<optgroup label="${heading}">${answers.map(({ id, label }) => option(id, label)).join('')}</optgroup>`,
)

const ACTIONS = `<div class="actions">
<details><summary>Answer with an error instead…</summary>
<div class="other">${field('Answer', 'answer', ANSWER_GROUPS)}<button name="decision" value="answer">Send this answer</button></div></details>
<div class="buttons"><button name="decision" value="cancel">Cancel</button><button name="decision" value="allow" class="filled">Allow</button></div>
</div>`
