import './paste-address.css'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useApi } from '../../../app/api.ts'
import { FailureNotice } from '../../../app/failure-notice.tsx'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { FieldFrame } from '../../../parts/field-frame.tsx'

interface PasteAddressProps {
  readonly authorizationId: string
  /** The user asked for the field just now, so the focus goes to it. */
  readonly isAsked?: boolean | undefined
}

/**
 * Brings back the address that the browser ended on. It holds the code, so main reads the clipboard
 * and keeps it; the page sees origin and path alone.
 */
export function PasteAddress({ authorizationId, isAsked }: PasteAddressProps) {
  const { shown, failure, isBusy, paste, submit, clear } = usePastedAddress(authorizationId)
  const pasteButton = useRef<HTMLButtonElement>(null)
  const useButton = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isAsked) pasteButton.current?.focus()
  }, [isAsked])
  useEffect(() => {
    if (shown !== '') useButton.current?.focus()
  }, [shown])
  return (
    <div className="paste-address">
      {failure && <FailureNotice failure={failure} />}
      <AddressField shown={shown} onPaste={paste} pasteButton={pasteButton} />
      {shown !== '' && (
        <div className="authorization-acts">
          <Button
            ref={useButton}
            busyLabel={isBusy ? 'Using it…' : undefined}
            onPress={() => void submit()}
          >
            Use this address
          </Button>
          <Button
            kind="quiet"
            isDisabled={isBusy}
            onPress={() => {
              clear()
              pasteButton.current?.focus()
            }}
          >
            Clear
          </Button>
        </div>
      )}
    </div>
  )
}

function usePastedAddress(authorizationId: string) {
  const api = useApi()
  const { run, failure, isBusy } = useCall()
  const [shown, setShown] = useState('')
  async function paste(): Promise<void> {
    const read = await run(() => api.call['authorizations/read-pasted-address'](authorizationId))
    setShown(read?.shown ?? '')
  }
  async function submit(): Promise<void> {
    await run(() => api.call['authorizations/use-pasted-address'](authorizationId))
    // Used or refused, main has let go of it: another try begins with pasting.
    setShown('')
  }
  function clear(): void {
    setShown('')
    void api.call['authorizations/forget-pasted-address'](authorizationId)
  }
  return { shown, failure, isBusy, paste, submit, clear }
}

interface AddressFieldProps {
  readonly shown: string
  readonly onPaste: () => Promise<void>
  readonly pasteButton: RefObject<HTMLButtonElement | null>
}

function AddressField({ shown, onPaste, pasteButton }: AddressFieldProps) {
  return (
    <FieldFrame
      label="Address from the browser"
      help="Copy it from the address bar after clicking Allow, even if the page did not load."
    >
      {(control) => (
        <div className="paste-address-line">
          <input
            {...control}
            className="field-input"
            data-mono=""
            readOnly
            value={shown}
            placeholder="Nothing pasted yet"
            onPaste={(event) => {
              event.preventDefault()
              void onPaste()
            }}
          />
          <Button ref={pasteButton} icon="clipboard" onPress={() => void onPaste()}>
            Paste
          </Button>
        </div>
      )}
    </FieldFrame>
  )
}
