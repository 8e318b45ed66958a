/**
 * Start-up and memory of Token Desk against an empty Electron window.
 *
 * A start of Token Desk is over when both are true: its window could be shown (Electron's
 * `ready-to-show`), and the first-run page is painted with its first door holding the focus. The time
 * of the paint is the browser's own (`first-contentful-paint`, Paint Timing specification), taken when
 * heading and focused door are in the document; the page paints nothing before them. Should it ever
 * paint something else first, the moment counts when the page says that the rest is on the screen.
 * A start of the empty app is over with its `ready-to-show`.
 *
 * Both apps run unpackaged on the same runtime, with the same flags, a new profile each time, and the
 * same script before their own code that tells these moments. They start in turns, so that what else
 * the computer does meets both; the keyring is the real one. One start of each comes before and does
 * not count: it fills the system's file cache.
 */
import { join } from 'node:path'
import { median } from './median.ts'
import { type StartFigures, startOnce } from './start-once.ts'

export interface StartUpFigures {
  /** Median of the starts, to the same of the empty app. */
  readonly startupRatio: number
  readonly memoryRatio: number
  readonly startupMs: number
  readonly emptyStartupMs: number
  readonly memoryMib: number
  readonly emptyMemoryMib: number
}

/** @param onStart told after each pair of starts, for progress */
export async function measureStartUp(
  options: { readonly executable: string; readonly root: string; readonly runs: number },
  onStart: (words: string) => void,
): Promise<StartUpFigures> {
  const { executable, root, runs } = options
  const markScript = join(root, 'test/bench/mark.cjs')
  const empty = { executable, markScript, app: join(root, 'test/bench/empty-app'), isDesk: false }
  const desk = { executable, markScript, app: root, isDesk: true }
  const pairs: { empty: StartFigures; desk: StartFigures }[] = []
  for (let run = 0; run <= runs; run += 1) {
    const pair = { empty: await startOnce(empty), desk: await startOnce(desk) }
    if (run > 0) pairs.push(pair)
    const took = [pair.desk, pair.empty].map((one) => `${one.startMs.toFixed(0)} ms`)
    onStart(`Start ${run} of ${runs}: ${took[0]}, empty ${took[1]}`)
  }
  return summary(pairs)
}

function summary(pairs: readonly { empty: StartFigures; desk: StartFigures }[]): StartUpFigures {
  const startupMs = median(pairs.map((pair) => pair.desk.startMs))
  const emptyStartupMs = median(pairs.map((pair) => pair.empty.startMs))
  const memoryMib = median(pairs.map((pair) => pair.desk.memoryMib))
  const emptyMemoryMib = median(pairs.map((pair) => pair.empty.memoryMib))
  return {
    startupRatio: startupMs / emptyStartupMs,
    memoryRatio: memoryMib / emptyMemoryMib,
    ...{ startupMs, emptyStartupMs, memoryMib, emptyMemoryMib },
  }
}
