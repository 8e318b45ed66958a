import './diff-view.css'
import { useState } from 'react'
import type { DiffLine } from '../../main/contract/views.ts'
import { Link } from './link.tsx'

interface DiffViewProps {
  /** The file, such as `~/code/northwind-bot/.env`. */
  readonly title: string
  /** Format, line ends and mode: "dotenv · LF · mode 0600". */
  readonly caption: string
  /** Masked already: no value of the file comes to the page. */
  readonly lines: readonly DiffLine[]
}

/** Unchanged lines that stay in view around each change. */
const CONTEXT = 3
const SIGNS = { same: '', added: '+', removed: '−' } as const

/** What a write would change, line by line. The body is a Tab stop, so that the arrows scroll it. */
export function DiffView({ title, caption, lines }: DiffViewProps) {
  const [showsAll, setShowsAll] = useState(false)
  const near = nearChanges(lines)
  const shown = showsAll ? lines : near
  return (
    <div className="diff card">
      <div className="diff-head">
        <span className="cut" title={title}>
          {title}
        </span>
        <span className="diff-caption">{caption}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keys */}
      <section className="diff-body" aria-label={`Changes to ${title}`} tabIndex={0}>
        <table>
          <tbody>
            {shown.map((line) => (
              <DiffRow key={`${line.sign} ${line.before} ${line.after}`} line={line} />
            ))}
          </tbody>
        </table>
      </section>
      {near.length < lines.length && (
        <div className="diff-foot">
          <Link isExpanded={showsAll} onPress={() => setShowsAll(!showsAll)}>
            {showsAll ? 'Show the changes only' : `Show all ${lines.length} lines`}
          </Link>
        </div>
      )}
    </div>
  )
}

function DiffRow({ line }: { readonly line: DiffLine }) {
  return (
    <tr data-sign={line.sign}>
      <td className="diff-number">{line.before}</td>
      <td className="diff-number">{line.after}</td>
      <td className="diff-sign">
        <span aria-hidden="true">{SIGNS[line.sign]}</span>
        {line.sign !== 'same' && <span className="said-only">{line.sign}</span>}
      </td>
      <td className="diff-text">{line.text}</td>
    </tr>
  )
}

/** The changed lines and up to three unchanged ones on each side of them. */
export function nearChanges(lines: readonly DiffLine[]): readonly DiffLine[] {
  const changed = lines.flatMap((line, index) => (line.sign === 'same' ? [] : [index]))
  const kept = new Set(
    changed.flatMap((at) => Array.from({ length: 2 * CONTEXT + 1 }, (_, i) => at - CONTEXT + i)),
  )
  return changed.length === 0 ? lines : lines.filter((_, index) => kept.has(index))
}
