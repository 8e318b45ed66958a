import { relayTarget } from '../../../main/contract/redirect.ts'
import type { SlackAppView } from '../../../main/contract/views.ts'
import { CodeLine } from '../../parts/code-line.tsx'
import { RedirectLines } from './redirect-lines.tsx'
import { STRATEGY_NAMES } from './strategy-names.ts'

/** Where Slack returns to, as it must stand in the app's settings. */
export function AppRedirects({ app }: { readonly app: SlackAppView }) {
  return (
    <section className="detail-section" aria-labelledby="redirect-urls">
      <div className="detail-section-head">
        <h2 id="redirect-urls">Redirect URLs</h2>
        <span className="detail-count">{STRATEGY_NAMES[app.strategy]}</span>
      </div>
      <Lines app={app} />
    </section>
  )
}

function Lines({ app }: { readonly app: SlackAppView }) {
  const { strategy, environment, redirectUrls } = app
  switch (strategy) {
    case 'https':
    case 'pkce':
      return (
        <>
          <RedirectLines strategy={strategy} environment={environment.ref} />
          <Note>
            All three must stand under OAuth &amp; Permissions, so that a busy port is no dead end.
          </Note>
        </>
      )
    case 'paste':
      return (
        <>
          <OwnUrls urls={redirectUrls} />
          <Note>
            After Allow, copy the address from the browser; Token Desk reads it from the clipboard.
          </Note>
        </>
      )
    case 'relay':
      return (
        <>
          <OwnUrls urls={redirectUrls} />
          <Note>The relay forwards to this address, and sees the code:</Note>
          <CodeLine text={relayTarget(environment.ref)} />
        </>
      )
    default:
      return strategy satisfies never
  }
}

function OwnUrls({ urls }: { readonly urls: readonly string[] }) {
  return urls.map((url) => <CodeLine key={url} text={url} />)
}

function Note({ children }: { readonly children: React.ReactNode }) {
  return <p className="slack-app-note">{children}</p>
}
