import type { CertificateView } from '../../../../main/contract/views.ts'
import { useApi } from '../../../app/api.ts'
import { useCall } from '../../../app/use-call.ts'
import { Button } from '../../../parts/button.tsx'
import { Dialog } from '../../../parts/dialog.tsx'
import { useToasts } from '../../../parts/toast.tsx'

interface TrustDialogProps {
  readonly view: CertificateView
  readonly onChanged: (view: CertificateView) => void
  readonly onClose: () => void
}

/** "Trust Token Desk’s certificate…": says what it will do on this computer before it does it. */
export function TrustDialog({ view, onChanged, onClose }: TrustDialogProps) {
  const { isBusy, failure, change } = useChange('certificate/trust', onChanged, onClose)
  return (
    <Dialog
      title="Trust Token Desk’s certificate?"
      subtitle="This is what happens on this computer:"
      isOpen
      onClose={() => !isBusy && onClose()}
      problem={failure}
      footNote="You can undo this in the same place."
      actions={
        <>
          <Button isDisabled={isBusy} onPress={onClose}>
            Cancel
          </Button>
          <Button
            kind="filled"
            autoFocus
            busyLabel={isBusy ? 'Trusting…' : undefined}
            onPress={() => void change('The certificate is trusted.')}
          >
            Trust certificate
          </Button>
        </>
      }
    >
      <ul className="certificate-plan">
        {view.plan.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p>Restart the browser afterwards: it reads its certificates when it starts.</p>
    </Dialog>
  )
}

/** "Stop trusting it…": names the stores that it is taken out of. */
export function UntrustDialog({ view, onChanged, onClose }: TrustDialogProps) {
  const { isBusy, failure, change } = useChange('certificate/untrust', onChanged, onClose)
  const trusting = view.stores.filter(({ state }) => state === 'trusted')
  return (
    <Dialog
      title="Stop trusting Token Desk’s certificate?"
      subtitle="Token Desk takes it out of these stores:"
      isOpen
      onClose={() => !isBusy && onClose()}
      problem={failure}
      actions={
        <>
          <Button isDisabled={isBusy} onPress={onClose}>
            Cancel
          </Button>
          <Button
            kind="filled"
            autoFocus
            busyLabel={isBusy ? 'Taking it out…' : undefined}
            onPress={() => void change('The certificate is not trusted any more.')}
          >
            Stop trusting it
          </Button>
        </>
      }
    >
      <ul className="certificate-plan">
        {trusting.map(({ id, name, detail }) => (
          <li key={id}>
            {name}. {detail}
          </li>
        ))}
      </ul>
      <p>The browser warns again at the next authorization, once it was restarted.</p>
    </Dialog>
  )
}

/** A change that only went half way is said by the page, which shows what is the case now. */
function useChange(
  name: 'certificate/trust' | 'certificate/untrust',
  onChanged: (view: CertificateView) => void,
  onDone: () => void,
) {
  const api = useApi()
  const { show } = useToasts()
  const act = useCall()
  async function change(done: string): Promise<void> {
    const changed = await act.run(api.call[name])
    if (!changed) return
    onChanged(changed)
    onDone()
    if (changed.failure === null) show({ text: done, detail: 'Restart the browser to see it.' })
  }
  return { ...act, change }
}
