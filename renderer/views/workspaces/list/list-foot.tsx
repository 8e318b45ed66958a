import './list-foot.css'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { CheckingView } from '../../../../main/contract/views.ts'
import { useDesk, useNow } from '../../../app/desk-state.ts'
import { FailureNotice } from '../../../app/failure-notice.tsx'
import { Link } from '../../../parts/link.tsx'
import { lastCheckedWords } from './last-checked.ts'
import { type CheckAll, counted, useCheckAll } from './use-check-all.ts'

/** Foot of the list: when all were checked and "Check all", how far it is, or the keys of a search. */
export function ListFoot({ isSearching }: { readonly isSearching: boolean }) {
  const { checking } = useDesk().snapshot
  const checkAll = useCheckAll()
  const { failure } = checkAll.act
  const isShown = useLasting(checking !== null)
  const button = useKeptFocus(isShown)
  return (
    <footer className="list-foot">
      {failure && <FailureNotice failure={failure} onRemedy={() => void checkAll.begin()} />}
      {checking && isShown ? (
        <Progress checking={checking} onCancel={checkAll.cancel} button={button} />
      ) : isSearching ? (
        <SearchKeys />
      ) : (
        <LastChecked checkAll={checkAll} isRunning={checking !== null} button={button} />
      )}
      <span role="status" className="said-only">
        {checkAll.outcome}
      </span>
    </footer>
  )
}

type ButtonRef = RefObject<HTMLButtonElement | null>

interface LastCheckedProps {
  readonly checkAll: CheckAll
  /** For so short a time that it is not worth a bar. */
  readonly isRunning: boolean
  readonly button: ButtonRef
}

function LastChecked({ checkAll, isRunning, button }: LastCheckedProps) {
  const { snapshot, now } = useDesk()
  const { act, outcome, begin } = checkAll
  const words = lastCheckedWords(snapshot.installations, now)
  if (words === null && outcome === null) return null
  return (
    <div className="list-foot-line">
      <p className="list-foot-words" aria-hidden={outcome !== null || undefined}>
        {outcome ?? words}
      </p>
      {words !== null && (
        <Link ref={button} onPress={() => !act.isBusy && !isRunning && void begin()}>
          Check all
        </Link>
      )}
    </div>
  )
}

function SearchKeys() {
  return (
    <p className="list-foot-line list-keys" aria-hidden="true">
      <span>
        <span className="key-cap">↑</span>
        <span className="key-cap">↓</span> move <span className="key-cap">Enter</span> open
      </span>
      <span>
        <span className="key-cap">Esc</span> clear
      </span>
    </p>
  )
}

interface ProgressProps {
  readonly checking: CheckingView
  readonly onCancel: () => void
  readonly button: ButtonRef
}

function Progress({ checking, onCancel, button }: ProgressProps) {
  const { done, total, waitsUntilMs } = checking
  const words = `Checking ${counted(done)} of ${counted(total)}`
  return (
    <>
      <progress
        className="list-foot-bar"
        aria-label="Checking all workspaces"
        value={done}
        max={Math.max(total, 1)}
      />
      <div className="list-foot-line">
        <p className="list-foot-words">{words}</p>
        <Link ref={button} onPress={onCancel}>
          Cancel
        </Link>
      </div>
      {waitsUntilMs !== null && <Waiting untilMs={waitsUntilMs} />}
    </>
  )
}

/** Slack said how long to wait (`Retry-After`): nothing is stuck. */
function Waiting({ untilMs }: { readonly untilMs: number }) {
  const left = Math.ceil((untilMs - useNow(1000)) / 1000)
  if (left <= 0) return null
  return <p className="list-foot-wait">Slack asks to wait. Goes on in {left} s.</p>
}

/** Nothing is shown for what is over in less (ui 4: progress). */
const SHOWN_AFTER_MS = 300

/** Whether it has been so for a while; at once where it was so from the first. */
function useLasting(isOn: boolean): boolean {
  const [hasLasted, setLasted] = useState(isOn)
  useEffect(() => {
    if (!isOn) return setLasted(false)
    const timer = setTimeout(() => setLasted(true), SHOWN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isOn])
  return isOn && hasLasted
}

/** "Check all" and "Cancel" take each other's place; the focus that went with one comes to the other. */
function useKeptFocus(isShown: boolean): ButtonRef {
  const button = useRef<HTMLButtonElement>(null)
  const shownBefore = useRef(isShown)
  useLayoutEffect(() => {
    if (shownBefore.current !== isShown && document.activeElement === document.body) {
      button.current?.focus()
    }
    shownBefore.current = isShown
  }, [isShown])
  return button
}
