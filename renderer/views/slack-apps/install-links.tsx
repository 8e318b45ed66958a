import type { SlackAppView } from '../../../main/contract/views.ts'
import { useApi } from '../../app/api.ts'
import { useConfirmed } from '../../app/confirm-user/use-confirmed.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useCall } from '../../app/use-call.ts'
import { Button } from '../../parts/button.tsx'
import { useToasts } from '../../parts/toast.tsx'

const LINKS = [
  ['link', 'Copy authorize link', 'Authorize link copied.'],
  ['add-to-slack', 'Copy Add to Slack button', 'Button copied as HTML.'],
  ['sign-in-with-slack', 'Copy Sign in with Slack button', 'Button copied as HTML.'],
] as const

/** What a web server with an OAuth flow of its own needs of this app. */
export function InstallLinks({ app }: { readonly app: SlackAppView }) {
  const api = useApi()
  const confirmed = useConfirmed()
  const { show } = useToasts()
  const copying = useCall()

  async function copyLink([kind, , said]: (typeof LINKS)[number]): Promise<void> {
    const done = await copying.run(() => api.call['slack-apps/copy-install-link'](app.id, kind))
    if (done !== undefined) show({ text: said })
  }
  async function copyLines(): Promise<void> {
    const copied = await copying.run(() =>
      confirmed(() => api.call['sharing/copy-app-lines'](app.id)),
    )
    if (!copied) return
    show({ text: 'Env lines copied.', detail: `Cleared in ${copied.clearedAfterSeconds} s.` })
  }
  return (
    <section className="detail-section" aria-labelledby="install-links">
      <h2 id="install-links">Install links</h2>
      <p className="slack-app-note">
        For a web server that has an OAuth flow of its own. The links hold no state and no secret;
        your server adds its state.
      </p>
      <div className="slack-app-acts">
        {LINKS.map((link) => (
          <Button key={link[0]} size="row" icon="copy" onPress={() => void copyLink(link)}>
            {link[1]}
          </Button>
        ))}
        <Button size="row" icon="copy" onPress={() => void copyLines()}>
          Copy env lines
        </Button>
      </div>
      {copying.failure && <FailureNotice failure={copying.failure} />}
    </section>
  )
}
