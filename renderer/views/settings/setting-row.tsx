import { type ReactNode, useId } from 'react'

interface SettingRowProps {
  readonly name: string
  readonly sentence: ReactNode
  /** The control or the value at the right. */
  readonly children?: ReactNode
}

/** One setting: name, one sentence, control. Grouped under its name, so that equal buttons can be told apart. */
export function SettingRow({ name, sentence, children }: SettingRowProps) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
    <div className="setting" role="group" aria-labelledby={id}>
      <div className="setting-words">
        <h3 className="setting-name" id={id}>
          {name}
        </h3>
        <p className="setting-sentence">{sentence}</p>
      </div>
      {children}
    </div>
  )
}

/** A card of settings under a heading. */
export function SettingGroup(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section className="setting-group">
      <h2>{props.name}</h2>
      <div className="card">{props.children}</div>
    </section>
  )
}
