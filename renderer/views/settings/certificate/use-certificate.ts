import { useCallback, useEffect, useState } from 'react'
import type { CertificateView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { type Act, useCall } from '../../../app/use-call.ts'

export interface CertificateState {
  /** Null until main has looked. */
  readonly view: CertificateView | null
  readonly looking: Act
  readonly look: () => void
  /** What main answered after a change. */
  readonly setView: (view: CertificateView) => void
}

/** What the browsers' stores say of the certificate, looked up when the section is opened. */
export function useCertificate(): CertificateState {
  const api = useApi()
  const looking = useCall()
  const [view, setView] = useState<CertificateView | null>(null)
  const { run } = looking
  const look = useCallback(() => {
    void run(api.call['certificate/look']).then((seen) => seen && setView(seen))
  }, [api, run])
  useEffect(look, [look])
  return { view, looking, look, setView }
}
