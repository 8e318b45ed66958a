import './activity.css'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import type { ActivityEntry } from '../../../main/contract/views.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { Button } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { counted } from '../workspaces/list/use-check-all.ts'
import { ActivityHead } from './activity-head.tsx'
import { ActivityRows } from './activity-rows.tsx'
import { type ActivityChoice, chooseEntries, EVERYTHING } from './activity-search.ts'
import { useActivity } from './use-activity.ts'
import { useExport } from './use-export.ts'

/** What happened to which credential, when: by day, newest first. */
export function ActivityView() {
  const { entries, failure, load } = useActivity()
  const [choice, setChoice] = useState<ActivityChoice>(EVERYTHING)
  // The rows follow the typing a moment later, so that typing never waits.
  const chosen = useDeferredValue(choice)
  const shown = useMemo(() => chooseEntries(entries ?? [], chosen), [entries, chosen])
  const exporting = useExport(shown)
  const page = useRef<HTMLElement>(null)
  const toRows = () => page.current?.querySelector<HTMLElement>(FIRST_STOP)?.focus()
  return (
    <section className="activity" data-pane="" aria-label="Activity" ref={page}>
      <ActivityHead
        entries={entries ?? NOTHING}
        choice={choice}
        onChoice={setChoice}
        exporting={exporting}
        canExport={shown.length > 0}
        onRows={toRows}
      />
      {failure && (
        <div className="activity-failure">
          <FailureNotice failure={failure} onRemedy={() => void load()} />
        </div>
      )}
      {entries && (
        <>
          <Rows entries={entries} shown={shown} choice={chosen} onChoice={setChoice} />
          <Foot entries={entries} shown={shown} />
        </>
      )}
    </section>
  )
}

const NOTHING: readonly ActivityEntry[] = []
const FIRST_STOP = '.activity-row[tabindex="0"]'

interface RowsProps {
  readonly entries: readonly ActivityEntry[]
  readonly shown: readonly ActivityEntry[]
  readonly choice: ActivityChoice
  readonly onChoice: (choice: ActivityChoice) => void
}

function Rows({ entries, shown, choice, onChoice }: RowsProps) {
  if (entries.length === 0) return <EmptyState icon="clock" title="Nothing happened yet." />
  if (shown.length > 0) return <ActivityRows entries={shown} choice={choice} />
  return (
    <EmptyState
      icon="search"
      title="No entry matches."
      action={<Button onPress={() => onChoice(EVERYTHING)}>Clear filters</Button>}
    />
  )
}

function Foot({ entries, shown }: Pick<RowsProps, 'entries' | 'shown'>) {
  const total = `${counted(entries.length)} ${entries.length === 1 ? 'entry' : 'entries'}`
  return (
    <footer className="activity-foot">
      <p>No secret is ever written here. The newest 5,000 entries are kept.</p>
      <p role="status" className="activity-count">
        {shown.length === entries.length ? total : `${counted(shown.length)} of ${total}`}
      </p>
    </footer>
  )
}
