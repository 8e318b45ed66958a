import { type ReactNode, useId } from 'react'

interface SettingRowProps {
  readonly name: string
  readonly sentence: ReactNode
  /** The control or the value at the right; as a function, a control that the sentence (by its ID) describes. */
  readonly children?: ReactNode | ((sentenceId: string) => ReactNode)
}

/** One setting: name, one sentence, control. Grouped under its name, so that equal buttons can be told apart. */
export function SettingRow({ name, sentence, children }: SettingRowProps) {
  const id = useId()
  const sentenceId = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
    <div className="setting" role="group" aria-labelledby={id}>
      <div className="setting-words">
        <h3 className="setting-name" id={id}>
          {name}
        </h3>
        <p className="setting-sentence" id={sentenceId}>
          {sentence}
        </p>
      </div>
      {typeof children === 'function' ? children(sentenceId) : children}
    </div>
  )
}

interface SettingGroupProps {
  readonly name: string
  /** A sentence about all of them, below the card. */
  readonly note?: ReactNode | undefined
  readonly children: ReactNode
}

/** A card of settings under a heading. */
export function SettingGroup({ name, note, children }: SettingGroupProps) {
  return (
    <section className="setting-group">
      <h2>{name}</h2>
      <div className="card">{children}</div>
      {note !== undefined && <p className="setting-note">{note}</p>}
    </section>
  )
}
