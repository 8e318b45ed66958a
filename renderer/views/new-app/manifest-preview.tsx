import { IconButton } from '../../parts/icon-button.tsx'
import { ManifestEditor } from '../../parts/manifest-editor.tsx'
import { ManifestProblems } from '../../parts/manifest-problems.tsx'
import { Segmented } from '../../parts/segmented.tsx'
import { environmentOf } from '../add-slack-app/slack-app-form.ts'
import { NoTokenNotice } from '../slack-apps/configuration-tokens/no-token-notice.tsx'
import { MANIFEST_FORMATS } from '../slack-apps/manifest/formats.ts'
import type { NewAppState } from './use-new-app.ts'

/** The manifest that follows the form, what is wrong with it, and why Slack cannot be asked directly. */
export function ManifestPreview({ state }: { readonly state: NewAppState }) {
  const { draft, format, refused } = state
  // The lines of a draft's problems are those of the JSON.
  const drafted = (draft.view?.problems ?? []).map((problem) =>
    format === 'json' ? problem : { ...problem, line: null },
  )
  const problems = refused.length > 0 ? refused : drafted
  return (
    <section className="form-aside new-app-preview" aria-labelledby="manifest-preview">
      <div className="new-app-preview-head">
        <h2 id="manifest-preview">Manifest</h2>
        <Segmented
          label="Format"
          isSmall
          options={MANIFEST_FORMATS}
          value={format}
          onChange={state.setFormat}
        />
        <IconButton
          label="Copy manifest"
          icon="copy"
          isBordered
          isDisabled={draft.view === null}
          onPress={state.copy}
        />
      </div>
      <ManifestEditor
        label="Manifest preview"
        text={draft.view?.[format] ?? ''}
        format={format}
        problems={problems}
      />
      {refused.length > 0 && <h3>Slack refused the manifest</h3>}
      <ManifestProblems problems={problems} onReplace={state.replaceScope} />
      {!state.hasToken && (
        <NoTokenNotice environment={environmentOf(state.form)} does="creates apps">
          Without one, open Slack’s page with this manifest filled in.
        </NoTokenNotice>
      )}
    </section>
  )
}
