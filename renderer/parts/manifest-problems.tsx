import './manifest-problems.css'
import type { ManifestProblem } from '../../main/contract/views.ts'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

interface ManifestProblemsProps {
  readonly problems: readonly ManifestProblem[]
  /** Puts the right word in the place of the wrong one; without it no button is offered. */
  readonly onReplace?: ((problem: ManifestProblem) => void) | undefined
}

/** What is wrong with a manifest, each with its line; the serious ones first. */
export function ManifestProblems({ problems, onReplace }: ManifestProblemsProps) {
  const sorted = problems.toSorted((a, b) => rank(a) - rank(b))
  if (sorted.length === 0) return null
  return (
    <div className="manifest-problems">
      {sorted.map((problem) => (
        <Notice
          key={`${problem.line} ${problem.message}`}
          kind={problem.severity}
          title={titleOf(problem)}
          actions={
            problem.replace &&
            onReplace && (
              <Button size="row" onPress={() => onReplace(problem)}>
                Use {problem.replace.to}
              </Button>
            )
          }
        >
          {problem.advice}
        </Notice>
      ))}
    </div>
  )
}

/** "Line 16: unknown scope files:wirte". */
function titleOf({ line, message }: ManifestProblem): string {
  return line === null ? message : `Line ${line}: ${message}`
}

function rank({ severity }: ManifestProblem): number {
  return severity === 'problem' ? 0 : 1
}
