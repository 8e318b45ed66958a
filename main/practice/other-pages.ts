/** The pages beside the consent page. */
import type { AuthorizeProblem } from './authorize-problems.ts'
import type { Reply } from './messages.ts'
import { escapeHtml, pageReply } from './page.ts'

/** What Slack says on a page of its own, without a redirect. */
export function problemPage(problem: AuthorizeProblem): Reply {
  const uri =
    problem.passedUri === undefined
      ? ''
      : `<p class="said">Passed URI: <code>${escapeHtml(problem.passedUri)}</code></p>`
  const code =
    problem.slackCode === null ? '' : `<p>Slack’s code: <code>${problem.slackCode}</code></p>`
  return pageReply(
    problem.message,
    `<h1>${escapeHtml(problem.message)}</h1>
<p>${escapeHtml(problem.advice)}</p>
${uri}${code}
<p>Slack would show this on a page of its own too: nothing goes back to Token Desk, which still waits.</p>`,
    400,
  )
}

/** A form that was sent already, is older than ten minutes, or came from somewhere else. */
export function staleFormPage(): Reply {
  return pageReply(
    'This page has been used',
    `<h1>This page has been used</h1>
<p>Each answer counts once. Start again from Token Desk, or open the link again.</p>`,
    400,
  )
}

/** The user practises what happens when an admin has to approve: no redirect. */
export function adminApprovalPage(): Reply {
  return pageReply(
    'An admin has to approve',
    `<h1>An admin has to approve</h1>
<p>Slack would send a request to the admins now. Nothing goes back to Token Desk: it waits until you cancel there.</p>`,
  )
}
