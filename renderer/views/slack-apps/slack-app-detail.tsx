import '../workspaces/detail/workspace-head.css'
import '../workspaces/detail/workspace-detail.css'
import { type ReactNode, useState } from 'react'
import type { SlackAppView } from '../../../main/contract/views.ts'
import { FailureNotice } from '../../app/failure-notice.tsx'
import { useNavigation } from '../../app/navigation.ts'
import { Button } from '../../parts/button.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { useAuthorize } from '../workspaces/use-authorize.ts'
import { MANIFEST_FORMATS } from './manifest/formats.ts'
import { ManifestSegment } from './manifest/manifest-segment.tsx'
import { type ManifestEdit, useManifestEdit } from './manifest/use-manifest-edit.ts'
import { OverviewSegment } from './overview-segment.tsx'
import { RemoveSlackApp } from './remove-slack-app.tsx'
import { ScopesSegment } from './scopes-segment.tsx'
import { SlackAppHead } from './slack-app-head.tsx'

interface DetailProps {
  readonly app: SlackAppView
}

/** One Slack app, in three parts: what it is, what it asks for, and its manifest. */
export function SlackAppDetail({ app }: DetailProps) {
  const authorize = useAuthorize()
  const { slackAppSegment } = useNavigation()
  const isManifest = slackAppSegment === 'manifest'
  const edit = useManifestEdit(app.id, isManifest)
  const failure = authorize.failure && (
    <FailureNotice failure={authorize.failure} onRemedy={authorize.onRemedy} />
  )
  return (
    <>
      <SlackAppHead
        app={app}
        authorize={authorize}
        acts={isManifest ? <Format edit={edit} /> : <Acts app={app} />}
      />
      {isManifest ? (
        <ManifestSegment app={app} edit={edit} notice={failure} />
      ) : (
        <Read name={slackAppSegment === 'scopes' ? 'Scopes' : 'Overview'} notice={failure}>
          {slackAppSegment === 'scopes' ? (
            <ScopesSegment app={app} />
          ) : (
            <OverviewSegment app={app} />
          )}
        </Read>
      )}
    </>
  )
}

interface ReadProps {
  readonly name: string
  readonly notice: ReactNode
  readonly children: ReactNode
}

/** The part that scrolls: a Tab stop, for the scopes have none inside. */
function Read({ name, notice, children }: ReadProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keys
    <section className="pane-body detail-body" aria-label={name} tabIndex={0}>
      {notice}
      {children}
    </section>
  )
}

function Acts({ app }: DetailProps) {
  const { slackAppSegment, go } = useNavigation()
  const [isRemoving, setRemoving] = useState(false)
  return (
    <>
      <Button size="row" onPress={() => go({ isEditingSlackApp: true })}>
        Edit…
      </Button>
      {slackAppSegment === 'overview' && (
        <Button kind="danger-outline" size="row" onPress={() => setRemoving(true)}>
          Remove…
        </Button>
      )}
      {isRemoving && <RemoveSlackApp app={app} onClose={() => setRemoving(false)} />}
    </>
  )
}

function Format({ edit }: { readonly edit: ManifestEdit }) {
  return (
    <Segmented
      label="Format"
      isSmall
      options={MANIFEST_FORMATS}
      value={edit.format}
      onChange={(format) => void edit.setFormat(format)}
    />
  )
}
