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
export function TrustDialog(props: TrustDialogProps) {
  return (
    <ChangeDialog
      {...props}
      call="certificate/trust"
      title="Trust Token Desk’s certificate?"
      subtitle="This is what happens on this computer:"
      footNote="You can undo this in the same place."
      act="Trust certificate"
      busy="Trusting…"
      done="The certificate is trusted."
      plan={props.view.plan}
      afterwards="Restart the browser afterwards: it reads its certificates when it starts."
    />
  )
}

/** "Stop trusting it…": names the stores that it is taken out of. */
export function UntrustDialog(props: TrustDialogProps) {
  const trusting = props.view.stores.filter(({ state }) => state === 'trusted')
  return (
    <ChangeDialog
      {...props}
      call="certificate/untrust"
      title="Stop trusting Token Desk’s certificate?"
      subtitle="Token Desk takes it out of these stores:"
      act="Stop trusting it"
      busy="Taking it out…"
      done="The certificate is not trusted any more."
      plan={trusting.map(({ name, detail }) => `${name}. ${detail}`)}
      afterwards="The browser warns again at the next authorization, once it was restarted."
    />
  )
}

interface ChangeDialogProps extends TrustDialogProps {
  readonly call: 'certificate/trust' | 'certificate/untrust'
  readonly title: string
  readonly subtitle: string
  readonly footNote?: string
  readonly act: string
  readonly busy: string
  readonly done: string
  /** What happens, a sentence each. */
  readonly plan: readonly string[]
  readonly afterwards: string
}

/** A change that only went half way is said by the page, which shows what is the case now. */
function ChangeDialog(props: ChangeDialogProps) {
  const api = useApi()
  const { show } = useToasts()
  const { isBusy, failure, run } = useCall()
  async function change(): Promise<void> {
    const changed = await run(api.call[props.call])
    if (!changed) return
    props.onChanged(changed)
    props.onClose()
    if (changed.failure === null) {
      show({ text: props.done, detail: 'Restart the browser to see it.' })
    }
  }
  return (
    <Dialog
      title={props.title}
      subtitle={props.subtitle}
      isOpen
      onClose={() => !isBusy && props.onClose()}
      problem={failure}
      footNote={props.footNote}
      actions={
        <>
          <Button isDisabled={isBusy} onPress={props.onClose}>
            Cancel
          </Button>
          <Button
            kind="filled"
            autoFocus
            busyLabel={isBusy ? props.busy : undefined}
            onPress={() => void change()}
          >
            {props.act}
          </Button>
        </>
      }
    >
      <ul className="certificate-plan">
        {props.plan.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <p>{props.afterwards}</p>
    </Dialog>
  )
}
