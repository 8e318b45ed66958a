import type { ImportFinding } from '../../../main/contract/views.ts'
import { Button } from '../../parts/button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { FINDING_NAMES, isStorable } from './findings.ts'
import type { ImportState } from './use-import-draft.ts'

/** Why something that was found is left out, and the way to take it all the same. */
export function FindingNotices({ state }: { readonly state: ImportState }) {
  const findings = state.draft?.findings ?? []
  const leftOut = findings.filter(({ kind }) => kind === 'unsupported')
  return (
    <>
      {firstOfEachMessage(findings).map((finding) => (
        <Refused key={finding.id} finding={finding} state={state} />
      ))}
      {leftOut.length > 0 && (
        <Notice kind="note" title={`${linesOf(leftOut)} cannot be imported`}>
          Refresh, workflow and retired tokens do nothing in an env file. Paste the access token
          that came with it.
        </Notice>
      )}
    </>
  )
}

function Refused(props: { readonly finding: ImportFinding; readonly state: ImportState }) {
  const { finding, state } = props
  if (finding.check.kind !== 'refused') return null
  const { message, advice, slackCode } = finding.check.failure
  const isSkipped = isStorable(finding) && !state.chosen.has(finding.id)
  return (
    <Notice
      kind="problem"
      title={message}
      actions={
        isSkipped && (
          <Button size="row" onPress={() => state.choose(finding.id, true)}>
            Import anyway
          </Button>
        )
      }
    >
      {isStorable(finding) && `${FINDING_NAMES[finding.kind]} ${finding.masked}. `}
      {advice}
      {slackCode !== undefined && ` Slack’s code: ${slackCode}.`}
    </Notice>
  )
}

/** Tokens that can be chosen have a notice each; the same words about others are said once. */
function firstOfEachMessage(findings: readonly ImportFinding[]): ImportFinding[] {
  const said = new Set<string>()
  return findings.filter((finding) => {
    if (finding.check.kind !== 'refused') return false
    const { message } = finding.check.failure
    if (!isStorable(finding) && said.has(message)) return false
    said.add(message)
    return true
  })
}

function linesOf(findings: readonly ImportFinding[]): string {
  const lines = findings.map(({ line }) => String(line))
  const list = new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(lines)
  return lines.length === 1 ? `The token on line ${list}` : `The tokens on lines ${list}`
}
