import './certificate.css'
import { useState } from 'react'
import type { CertificateView, TrustStoreView } from '../../../../main/contract/views.ts'
import { FailureNotice } from '../../../app/failure-notice.tsx'
import { Badge, type BadgeTone } from '../../../parts/badge.tsx'
import { Button } from '../../../parts/button.tsx'
import type { IconName } from '../../../parts/icon.tsx'
import { Notice } from '../../../parts/notice.tsx'
import { Spinner } from '../../../parts/spinner.tsx'
import { SettingGroup, SettingRow } from '../setting-row.tsx'
import { CertificateDetails } from './certificate-details.tsx'
import { CertificateFailure } from './certificate-failure.tsx'
import { TrustDialog, UntrustDialog } from './trust-dialogs.tsx'
import { useCertificate } from './use-certificate.ts'

/** Which browsers trust Token Desk's certificate, and the two acts that change it. */
export function Certificate() {
  const { view, looking, look, setView } = useCertificate()
  const [dialog, setDialog] = useState<'trust' | 'untrust' | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      <p className="certificate-intro">
        Slack returns to https://localhost. Token Desk answers there with its own certificate, which
        your browser does not know unless you trust it.
      </p>
      {looking.failure && <FailureNotice failure={looking.failure} onRemedy={look} />}
      {view && (
        <Trust
          view={view}
          onRetry={look}
          onTrust={() => setDialog('trust')}
          onUntrust={() => setDialog('untrust')}
        />
      )}
      {!view && !looking.failure && (
        <p className="certificate-looking" role="status">
          <Spinner />
          Looking into the browsers’ stores…
        </p>
      )}
      {view && dialog === 'trust' && (
        <TrustDialog view={view} onChanged={setView} onClose={close} />
      )}
      {view && dialog === 'untrust' && (
        <UntrustDialog view={view} onChanged={setView} onClose={close} />
      )}
    </>
  )
}

interface TrustProps {
  readonly view: CertificateView
  readonly onRetry: () => void
  readonly onTrust: () => void
  readonly onUntrust: () => void
}

function Trust({ view, onRetry, onTrust, onUntrust }: TrustProps) {
  const { stores, failure } = view
  const canTrust = stores.some(({ state }) => state === 'untrusted')
  const isRunning = stores.some(({ state }) => state === 'running')
  const canUntrust = stores.some(({ state }) => state === 'trusted')
  return (
    <>
      {failure && <CertificateFailure failure={failure} onRetry={onRetry} />}
      <SettingGroup name="Trust">
        {stores.map((store) => (
          <SettingRow key={store.id} name={store.name} sentence={store.detail}>
            <StoreBadge state={store.state} />
          </SettingRow>
        ))}
        {stores.length === 0 && (
          <SettingRow
            name="No browser found"
            sentence="No store of a browser is on this computer."
          />
        )}
      </SettingGroup>
      <div className="certificate-acts">
        <Button
          kind={canTrust ? 'filled' : 'outline'}
          isDisabled={!canTrust}
          disabledReason={whyNoTrust(view)}
          onPress={onTrust}
        >
          Trust Token Desk’s certificate…
        </Button>
        <Button isDisabled={!canUntrust} disabledReason="No store trusts it." onPress={onUntrust}>
          Stop trusting it…
        </Button>
        {isRunning && (
          <Button icon="refresh" onPress={onRetry}>
            Look again
          </Button>
        )}
      </div>
      <Notice kind="note" title="What this does">
        Adds one certificate, for localhost only, to your own user’s store. It cannot vouch for any
        other site, and its key never leaves the vault.
      </Notice>
      <CertificateDetails view={view} />
    </>
  )
}

function whyNoTrust({ stores }: CertificateView): string {
  if (stores.some(({ state }) => state === 'running')) return 'Close Firefox first.'
  return stores.some(({ state }) => state === 'trusted')
    ? 'Every store trusts it already.'
    : 'There is no store that can be changed.'
}

type StoreState = TrustStoreView['state']

const STATES: Readonly<Record<StoreState, { label: string; tone: BadgeTone; icon: IconName }>> = {
  trusted: { label: 'Trusted', tone: 'ok', icon: 'check-circle' },
  untrusted: { label: 'Not trusted', tone: 'neutral', icon: 'info' },
  running: { label: 'Firefox is open', tone: 'warn', icon: 'warning' },
  unavailable: { label: 'Not available', tone: 'neutral', icon: 'info' },
}

function StoreBadge({ state }: { readonly state: StoreState }) {
  const { label, tone, icon } = STATES[state]
  return (
    <Badge tone={tone} icon={icon}>
      {label}
    </Badge>
  )
}
