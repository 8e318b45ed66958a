import { useId, useLayoutEffect, useRef } from 'react'
import type { ImportFinding } from '../../../main/contract/views.ts'
import { Checkbox } from '../../parts/checkbox.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Spinner } from '../../parts/spinner.tsx'
import { FINDING_ICONS, FINDING_NAMES, isStorable } from './findings.ts'
import { isFocusLost } from './paste-box.tsx'
import type { ImportState } from './use-import-draft.ts'

/** "Found": one row each, masked, with what Slack said of it. */
export function FindingRows({ state }: { readonly state: ImportState }) {
  const id = useId()
  const { draft, chosen, choose, phase } = state
  const section = useFirstRowFocus(draft?.id)
  if (!draft) return null
  return (
    <section ref={section} className="found" aria-labelledby={id}>
      <div className="found-head">
        <h2 id={id}>Found</h2>
        <span className="found-note">Nothing is stored until you import.</span>
      </div>
      <ul className="card">
        {draft.findings.map((finding) => (
          <FindingRow
            key={finding.id}
            finding={finding}
            isChosen={chosen.has(finding.id)}
            isChecking={phase === 'checking' && finding.check.kind === 'not-checked'}
            isLocked={phase === 'storing'}
            onChange={(isChosen) => choose(finding.id, isChosen)}
          />
        ))}
      </ul>
    </section>
  )
}

/** "Paste" went away with the focus on it, so the focus goes on to the first row. */
function useFirstRowFocus(draftId: string | undefined) {
  const section = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    if (draftId && isFocusLost()) section.current?.querySelector('input')?.focus()
  }, [draftId])
  return section
}

interface FindingRowProps {
  readonly finding: ImportFinding
  readonly isChosen: boolean
  readonly isChecking: boolean
  readonly isLocked: boolean
  readonly onChange: (isChosen: boolean) => void
}

function FindingRow(props: FindingRowProps) {
  const { finding } = props
  const { kind, masked, variable, line } = finding
  const name = FINDING_NAMES[kind]
  const where = isStorable(finding) && variable !== '' ? variable : `line ${line}`
  return (
    <li className="finding">
      {isStorable(finding) ? (
        <Checkbox
          label={`${name} ${masked}`}
          isSelected={props.isChosen}
          isDisabled={props.isLocked}
          onChange={props.onChange}
        >
          <FindingText {...{ kind, name, masked, where }} />
        </Checkbox>
      ) : (
        <div className="finding-plain">
          <FindingText {...{ kind, name, masked, where }} />
        </div>
      )}
      <FindingResult finding={finding} isChecking={props.isChecking} />
    </li>
  )
}

interface FindingTextProps {
  readonly kind: ImportFinding['kind']
  readonly name: string
  readonly masked: string
  /** The variable, or the line of the pasted text. */
  readonly where: string
}

function FindingText({ kind, name, masked, where }: FindingTextProps) {
  return (
    <span className="finding-text">
      <span className="finding-icon">
        <Icon name={FINDING_ICONS[kind]} />
      </span>
      <span className="finding-words">
        <span className="finding-name">{name}</span>
        <span className="finding-value">
          <code>{masked}</code> <code className="finding-where">{where}</code>
        </span>
      </span>
    </span>
  )
}

function FindingResult({ finding, isChecking }: Pick<FindingRowProps, 'finding' | 'isChecking'>) {
  const { check } = finding
  if (isChecking) {
    return (
      <span className="finding-result">
        <Spinner />
        Checking…
      </span>
    )
  }
  if (check.kind === 'works') {
    return (
      <span className="finding-result" data-tone="ok">
        <Icon name="check-circle" size={14} />
        <span className="cut" title={check.workspaceName}>
          {check.workspaceName}
        </span>
      </span>
    )
  }
  if (check.kind === 'refused') {
    return (
      <span className="finding-result" data-tone="danger">
        <Icon name="problem" size={14} />
        Refused
      </span>
    )
  }
  return (
    <span className="finding-result">
      <Icon name="info" size={14} />
      {resultWords(finding)}
    </span>
  )
}

function resultWords({ kind, check }: ImportFinding): string {
  if (kind === 'unsupported') return 'Cannot be imported'
  return check.kind === 'not-checked' ? 'Not checked' : 'Cannot be checked'
}
