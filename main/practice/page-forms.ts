/** Takes the forms of the pages beside the consent page. Each has a token of ours and counts once. */

import { answersPage, plannableMethods, readFault } from './answers-page.ts'
import { configurationTokenPage } from './app-pages.ts'
import { addAppByManifest } from './apps.ts'
import { addConfigurationToken } from './configuration-tokens.ts'
import { freshAppSecrets } from './created-app.ts'
import type { Manifest } from './manifest.ts'
import { type PracticeRequest, type Reply, textReply } from './messages.ts'
import { createdAppPage } from './new-app-page.ts'
import { staleFormPage } from './other-pages.ts'
import type { PageForm, PracticeParts } from './practice-parts.ts'

/** A form of `/apps`: makes what the form was shown for. */
export async function takeAppsForm(parts: PracticeParts, request: PracticeRequest): Promise<Reply> {
  const purpose = takeForm(parts, request)
  switch (purpose?.kind) {
    case 'generate-token': {
      const nowMs = parts.clock.now()
      return configurationTokenPage(
        await parts.state.change((draft) => addConfigurationToken(draft, nowMs)),
      )
    }
    case 'create-app':
      return createApp(parts, purpose.manifest)
    default:
      return staleFormPage()
  }
}

/** The form of `/practice/answers`. */
export function takeAnswersForm(parts: PracticeParts, request: PracticeRequest): Reply {
  const params = new URLSearchParams(request.body)
  if (takeForm(parts, request)?.kind !== 'plan-answer') return staleFormPage()
  const method = params.get('method') ?? ''
  const fault = readFault(params.get('fault') ?? '')
  if (fault === null || !plannableMethods().includes(method)) {
    return textReply(400, 'This form cannot be read.\n')
  }
  parts.planned.add(method, fault)
  return answersPage(parts)
}

function takeForm(parts: PracticeParts, { body }: PracticeRequest): PageForm | null {
  return parts.pageForms.take(new URLSearchParams(body).get('form') ?? '')
}

async function createApp(parts: PracticeParts, manifest: Manifest): Promise<Reply> {
  const credentials = await parts.state.change((draft) => addAppByManifest(draft, manifest))
  const { name } = manifest.display_information
  return createdAppPage(name, credentials, freshAppSecrets())
}
