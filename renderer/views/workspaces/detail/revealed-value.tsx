import './revealed-value.css'
import { useState } from 'react'
import { Button } from '../../../parts/button.tsx'
import type { Reveal } from './use-reveal.ts'

interface RevealedValueProps {
  readonly reveal: Reveal
  /** "Bot token": for what is spoken. */
  readonly name: string
}

/** The value in the open with the time it still shows. Spoken at the beginning and the end only. */
export function RevealedValue({ reveal, name }: RevealedValueProps) {
  const { countdown, box, hide } = reveal
  const [wasShown, setWasShown] = useState(false)
  if (countdown && !wasShown) setWasShown(true)
  return (
    <>
      <div className="revealed" hidden={countdown === null}>
        <code className="revealed-value" ref={box} />
        {countdown && (
          <div className="revealed-foot">
            <Ring part={countdown.left / countdown.of} />
            <span>Hides in {countdown.left} s, or when you leave this page.</span>
            <Button size="row" onPress={hide}>
              Hide now
            </Button>
          </div>
        )}
      </div>
      <span role="status" className="said-only">
        {countdown && `${name} shown. It hides in ${countdown.of} s.`}
        {!countdown && wasShown && `${name} hidden.`}
      </span>
    </>
  )
}

const RADIUS = 7
const ROUND = 2 * Math.PI * RADIUS

/** How much time is left, 1 to 0; it moves once a second. */
function Ring({ part }: { readonly part: number }) {
  return (
    <svg className="ring" viewBox="0 0 18 18" width={18} height={18} aria-hidden="true">
      <circle cx={9} cy={9} r={RADIUS} />
      <circle
        className="ring-left"
        cx={9}
        cy={9}
        r={RADIUS}
        strokeDasharray={ROUND}
        strokeDashoffset={ROUND * (1 - part)}
      />
    </svg>
  )
}
