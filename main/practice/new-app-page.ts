/** `/apps?new_app=1`: makes an app from the manifest in the link. Source: slack-auth section 9, "Prefilled link". */
import { parse } from 'yaml'
import { isTooDeep } from '../platform/yaml-depth.ts'
import type { AppCredentials } from './apps.ts'
import { LIST_PATH } from './description.ts'
import { form, row } from './form-parts.ts'
import { settingsOf } from './manifest.ts'
import { checkManifest, type ManifestError } from './manifest-rules.ts'
import type { Reply } from './messages.ts'
import { escapeHtml, pageReply } from './page.ts'
import type { PracticeParts } from './practice-parts.ts'

/** What the link asks for, with a button that makes it; or why it cannot be made. */
export function newAppPage(parts: PracticeParts, query: URLSearchParams): Reply {
  const checked = checkManifest(readManifest(query), null)
  if ('errors' in checked) return refusedPage(checked.errors)
  const { manifest } = checked
  const settings = settingsOf(manifest)
  const button =
    '<div class="actions"><div class="buttons"><button class="filled">Create</button></div></div>'
  const formToken = parts.pageForms.open({ kind: 'create-app', manifest })
  return pageReply(
    'Create an app',
    `<h1>Create <bdi>${escapeHtml(settings.name)}</bdi>?</h1>
<p>The app is made from the manifest in the link, in the practice Slack alone.</p>
<dl>${row('Redirect URLs', settings.redirectUrls)}${row('Bot scopes', settings.botScopes)}${row('User scopes', settings.userScopes)}</dl>
${form(LIST_PATH, formToken, button)}`,
  )
}

/** Undefined for what cannot be read. The link may come from any page, so it must not end the process. */
function readManifest(query: URLSearchParams): unknown {
  const json = query.get('manifest_json')
  try {
    return json === null ? readYaml(query.get('manifest_yaml') ?? '') : JSON.parse(json)
  } catch {
    return undefined
  }
}

function readYaml(text: string): unknown {
  return isTooDeep(text) ? undefined : parse(text, { logLevel: 'error' })
}

function refusedPage(errors: readonly ManifestError[]): Reply {
  const rows = errors.map(({ pointer, message }) => row(pointer, [message]))
  return pageReply(
    'This manifest cannot be used',
    `<h1>This manifest cannot be used</h1>
<p>Correct what is named here, then open the new link.</p>
<dl>${rows.join('')}</dl>`,
    400,
  )
}

/** The credentials, shown this once. */
export function createdAppPage(
  name: string,
  credentials: AppCredentials,
  secrets: { readonly signingSecret: string; readonly verificationToken: string },
): Reply {
  const { appId, clientId, clientSecret } = credentials
  return pageReply(
    `${name} is made`,
    `<h1><bdi>${escapeHtml(name)}</bdi> is made</h1>
<p>Copy the secrets now: they are shown this once.</p>
<dl>${row('App ID', [appId])}${row('Client ID', [clientId])}${row('Client Secret', [clientSecret ?? ''])}${row('Signing Secret', [secrets.signingSecret])}${row('Verification Token', [secrets.verificationToken])}</dl>
<p><a href="${LIST_PATH}/${appId}">Settings of the app</a></p>`,
  )
}
