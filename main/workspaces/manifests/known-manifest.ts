/** Manifests made from what Token Desk knows. */
import type { ManifestForm } from '../../contract/inputs.ts'
import { buildManifest, type Manifest } from '../../slack/manifest.ts'
import type { Installation } from '../installations.ts'
import type { SlackApp } from '../slack-apps.ts'
import { urlsToRegister } from '../urls-to-register.ts'

/** The manifest of a form as it is typed; what is wrong with it is found in the manifest. */
export function manifestOfForm(form: ManifestForm): Manifest {
  const { name, description, tokenRotation, socketMode, orgDeploy } = form
  return buildManifest({
    ...{ name, description, tokenRotation, socketMode, orgDeploy },
    redirectUrls: urlsToRegister(form),
    botScopes: tidy(form.botScopes),
    userScopes: tidy(form.userScopes),
    optionalScopes: tidy(form.optionalScopes),
    pkce: form.strategy === 'pkce',
  })
}

/** The manifest of an app that was entered here, with what its workspaces tell of its settings. */
export function manifestOfApp(app: SlackApp, installations: readonly Installation[]): Manifest {
  const own = installations.filter((one) => one.slackAppId === app.id)
  return manifestOfForm({
    ...app,
    description: '',
    tokenRotation: own.some(({ credentials }) => credentials.some(({ rotates }) => rotates)),
    socketMode: false,
    orgDeploy: own.some(({ isOrgWide }) => isOrgWide),
  })
}

function tidy(items: readonly string[]): string[] {
  return [...new Set(items.map((item) => item.trim()).filter((item) => item !== ''))]
}
