import { useEffect, useState } from 'react'
import { DiffView } from '../../parts/diff-view.tsx'
import type { WritePreviewing } from './use-write-preview.ts'
import { changeSummary, formatCaption } from './write-words.ts'

/** Nothing is drawn for a wait shorter than this (ui: progress). */
const SHOW_AFTER_MS = 300

/** "What will change": the counts and the lines. */
export function WhatWillChange({ previewing }: { readonly previewing: WritePreviewing }) {
  const { preview, isLoading, file, failure } = previewing
  const isSlow = useLate(isLoading, SHOW_AFTER_MS)
  return (
    <section aria-labelledby="what-will-change" aria-busy={isLoading}>
      <div className="write-change-head">
        <h2 id="what-will-change">What will change</h2>
        <span role="status">{preview && changeSummary(preview)}</span>
      </div>
      {preview ? (
        <DiffView
          title={preview.file.displayPath}
          caption={formatCaption(preview)}
          lines={preview.lines}
        />
      ) : isSlow ? (
        <GreyLines />
      ) : (
        <p className="write-change-none">
          {file === null && 'Choose a file to see the line that changes.'}
          {failure && 'Nothing: the file is untouched.'}
        </p>
      )}
    </section>
  )
}

/** Still bars of the diff's size, while reading takes long. */
function GreyLines() {
  return (
    <div className="grey-lines card" aria-hidden="true">
      {WIDTHS.map((width) => (
        <div key={width} style={{ inlineSize: width }} />
      ))}
    </div>
  )
}

const WIDTHS = ['34%', '12%', '58%', '57%', '46%', '22%']

/** True once `isOn` has been true for so long. */
function useLate(isOn: boolean, afterMs: number): boolean {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    if (!isOn) return setLate(false)
    const timer = setTimeout(() => setLate(true), afterMs)
    return () => clearTimeout(timer)
  }, [isOn, afterMs])
  return isLate
}
