import { useId, useLayoutEffect, useRef } from 'react'
import type { ImportFinding } from '../../../main/contract/views.ts'
import { Checkbox } from '../../parts/checkbox.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { FindingResult } from './finding-result.tsx'
import { FINDING_ICONS, FINDING_NAMES, hasConfigurationToken, isStorable } from './findings.ts'
import { isFocusLost } from './paste-box.tsx'
import type { ImportState } from './use-import-draft.ts'

type SaidKind = 'user' | 'configuration'

/** "Found": one row each, masked, with what Slack said of it. */
export function FindingRows({ state }: { readonly state: ImportState }) {
  const id = useId()
  const { draft, chosen, choose, said, say, phase } = state
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
            hasConfigurationToken={hasConfigurationToken(state)}
            said={said.get(finding.id)}
            onChange={(isChosen) => choose(finding.id, isChosen)}
            onSay={(kind) => say(finding.id, kind)}
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
  /** A configuration token is stored too, which a refresh token belongs to. */
  readonly hasConfigurationToken: boolean
  readonly said: SaidKind | undefined
  readonly onChange: (isChosen: boolean) => void
  readonly onSay: (kind: SaidKind) => void
}

function FindingRow(props: FindingRowProps) {
  const { finding } = props
  const { kind, masked } = finding
  // A token that was said to be of one kind is called so.
  const name = FINDING_NAMES[props.said ?? kind]
  const where = whereOf(props)
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
      <FindingResult {...props} />
      {kind === 'config-or-user' && props.isChosen && (
        <KindChoice name={masked} said={props.said} onSay={props.onSay} />
      )}
    </li>
  )
}

/** The variable that it would be written to; the line where it has none, or not yet. */
function whereOf({ finding, said }: Pick<FindingRowProps, 'finding' | 'said'>): string {
  const { kind, variable, line } = finding
  const isNamed = kind === 'config-or-user' ? said === 'user' : isStorable(finding)
  return (isNamed || kind === 'refresh') && variable !== '' ? variable : `line ${line}`
}

interface KindChoiceProps {
  readonly name: string
  readonly said: SaidKind | undefined
  readonly onSay: (kind: SaidKind) => void
}

/** Slack writes both kinds alike, so that only the user can tell. Source: slack-auth section 7. */
function KindChoice({ name, said, onSay }: KindChoiceProps) {
  return (
    <div className="finding-choice">
      <p>Slack writes both kinds alike. Which one is it?</p>
      <Segmented<SaidKind | 'unsaid'>
        label={`Kind of ${name}`}
        isSmall
        options={[
          { id: 'user', label: 'User token' },
          { id: 'configuration', label: 'Configuration token' },
        ]}
        value={said ?? 'unsaid'}
        onChange={(next) => next !== 'unsaid' && onSay(next)}
      />
    </div>
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
