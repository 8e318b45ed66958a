/** The page where the user allows, cancels, or asks for a failure to practise with. */
import { type AuthorizeRequest, wantsWebhook } from './authorize-request.ts'
import { answersFor } from './chosen-answers.ts'
import { field, form, option, optionGroup } from './form-parts.ts'
import type { Reply } from './messages.ts'
import { escapeHtml, pageReply } from './page.ts'
import { scopeMeaning } from './scopes.ts'
import type { PracticeApp } from './state.ts'
import { ALL_WORKSPACES, findPlace, ORGANIZATION, type PracticePlace, WORKSPACES } from './world.ts'

/** @param formToken goes into the form and nowhere else */
export function consentPage(app: PracticeApp, request: AuthorizeRequest, formToken: string): Reply {
  const name = escapeHtml(app.name)
  const teams = [...ALL_WORKSPACES, ORGANIZATION]
    .map((one) => `<span class="team team-${one.id}">${escapeHtml(one.name)}</span>`)
    .join('')
  const isSignIn = request.flow.id === 'openid'
  const place = `${teams}<span class="any-team">a practice workspace</span>`
  const heading = isSignIn
    ? `Sign in to <bdi>${name}</bdi> with ${place}?`
    : `Let <bdi>${name}</bdi> into ${place}?`
  const scopes = `${scopeList('As a bot', 'bot', request, app)}${scopeList(userHeading(request), 'user', request, app)}`
  return pageReply(
    isSignIn ? `Sign in to ${app.name}` : `Let ${app.name} in`,
    `<h1>${heading}</h1>
<p>Slack’s own page asks the same question. Allow sends you back to Token Desk with a practice code.</p>
${form(request.flow.authorizePath, formToken, `${fields(app, request)}\n${scopes}${actions(request)}`)}`,
  )
}

function userHeading({ flow }: AuthorizeRequest): string {
  if (flow.id === 'openid') return 'About you'
  return flow.id === 'v1' ? 'As a classic app' : 'As you'
}

function fields(app: PracticeApp, request: AuthorizeRequest): string {
  const [first] = WORKSPACES
  // People and channels are the same everywhere, so a place in the list will do.
  const people = (first?.people ?? []).map((one, index) => option(`${index}`, one.label))
  const channels = (first?.channels ?? []).map((one, index) => option(`${index}`, one.name))
  const channel = wantsWebhook(request) ? field('Channel for the webhook', 'channel', channels) : ''
  return `<div class="fields">${field('Workspace', 'team', places(app, request))}${field('Act as', 'person', people)}${channel}</div>`
}

/** The organization as a whole is offered to apps that may be deployed there. */
function places(app: PracticeApp, { flow, teamId }: AuthorizeRequest): string[] {
  const wanted = findPlace(teamId ?? '')?.id ?? WORKSPACES[0]?.id
  const offer = (one: PracticePlace, label = one.name) => option(one.id, label, one.id === wanted)
  const whole = canTakeOrganization(app, flow)
    ? [offer(ORGANIZATION, `${ORGANIZATION.name}, all of it`)]
    : []
  const parts = ORGANIZATION.workspaces.map((one) => offer(one))
  return [
    ...WORKSPACES.map((one) => offer(one)),
    optionGroup(ORGANIZATION.name, [...whole, ...parts]),
  ]
}

/** Whether an org-wide install is possible. */
export function canTakeOrganization(app: PracticeApp, flow: AuthorizeRequest['flow']): boolean {
  return app.orgDeploy && flow.allowsOrganization
}

function scopeList(
  heading: string,
  side: 'bot' | 'user',
  request: AuthorizeRequest,
  app: PracticeApp,
): string {
  const scopes = side === 'bot' ? request.botScopes : request.userScopes
  if (scopes.length === 0) return ''
  const saved = side === 'bot' ? app.botScopes : app.userScopes
  // A sign-in and the classic flow have scopes of their own, which no manifest lists.
  const isListed = request.flow.id === 'v2' || request.flow.id === 'v2-user'
  const optional = side === 'bot' ? app.botOptional : app.userOptional
  const rows = scopes.map((scope) => {
    const meaning = scopeMeaning(side, scope) ?? 'Not on Token Desk’s list; Slack may know it'
    const isForeign = isListed && saved.length > 0 && !saved.includes(scope)
    const hint = isForeign ? '<span class="hint">Not in the settings of this app</span>' : ''
    const name = optional.includes(scope) ? keepBox(side, scope) : escapeHtml(scope)
    return `<div><dt>${name}</dt><dd>${escapeHtml(meaning)}${hint}</dd></div>`
  })
  return `<h2>${heading}</h2>\n<dl>${rows.join('')}</dl>\n`
}

/** An optional scope: ticked, and the user may untick it. Source: slack-auth section 1. */
function keepBox(side: 'bot' | 'user', scope: string): string {
  const name = escapeHtml(scope)
  return `<label class="keep"><input type="checkbox" name="keep-${side}" value="${name}" checked>${name}<span class="hint">Optional</span></label>`
}

function actions({ flow }: AuthorizeRequest): string {
  const groups = answersFor(flow).map(({ heading, answers }) =>
    optionGroup(
      heading,
      answers.map(({ id, label }) => option(id, label)),
    ),
  )
  return `<div class="actions">
<details><summary>Answer with an error instead…</summary>
<div class="other">${field('Answer', 'answer', groups)}<button name="decision" value="answer">Send this answer</button></div></details>
<div class="buttons"><button name="decision" value="cancel">Cancel</button><button name="decision" value="allow" class="filled">Allow</button></div>
</div>`
}
