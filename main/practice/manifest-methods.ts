/** `apps.manifest.*`: apps are made, changed, read and removed by their manifests. Source: slack-auth section 9. */
import { addAppByManifest, findAppById, removeApp } from './apps.ts'
import {
  CONFIGURATION_SCOPES,
  checkConfigurationToken,
  findConfigurationToken,
} from './configuration-tokens.ts'
import { authorizeQuery, freshAppSecrets } from './created-app.ts'
import { type Manifest, settingsOf } from './manifest.ts'
import { checkManifest, type ManifestError } from './manifest-rules.ts'
import type { Method, MethodAnswer, MethodCall } from './method.ts'
import { SlackProblem } from './slack-problem.ts'
import type { ConfigurationToken, PracticeApp, PracticeState, StoredApp } from './state.ts'
import { liveToken } from './tokens.ts'
import { findPlace } from './world.ts'

const READ = ['app_configurations:read']
const WRITE = ['app_configurations:write']

export const MANIFEST_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['apps.manifest.validate', validate],
  ['apps.manifest.create', create],
  ['apps.manifest.update', update],
  ['apps.manifest.export', exportManifest],
  ['apps.manifest.delete', remove],
])

function validate(state: PracticeState, call: MethodCall): MethodAnswer {
  owner(state, call)
  const { app_id: appId } = call.fields
  const before = appId === undefined ? null : findAppOrFail(state, appId).manifest
  readManifest(call, before)
  return answer({ errors: [] }, READ)
}

function create(draft: PracticeState, call: MethodCall): MethodAnswer {
  const { teamId } = owner(draft, call)
  const manifest = readManifest(call, null)
  const { appId, clientId, clientSecret } = addAppByManifest(draft, manifest)
  const url = `http://localhost:${call.port}/oauth/v2/authorize`
  const { signingSecret, verificationToken } = freshAppSecrets()
  const body = {
    app_id: appId,
    credentials: {
      client_id: clientId,
      client_secret: clientSecret,
      verification_token: verificationToken,
      signing_secret: signingSecret,
    },
    oauth_authorize_url: `${url}?${authorizeQuery(clientId, settingsOf(manifest))}`,
    team_id: teamId,
    team_domain: findPlace(teamId)?.domain,
  }
  return answer(body, WRITE)
}

/** Takes the place of the whole manifest. */
function update(draft: PracticeState, call: MethodCall): MethodAnswer {
  owner(draft, call)
  const before = changeableApp(draft, call)
  const manifest = readManifest(call, before.manifest)
  const permissionsUpdated = scopesOf(before.manifest) !== scopesOf(manifest)
  before.manifest = manifest
  return answer({ app_id: before.appId, permissions_updated: permissionsUpdated }, WRITE)
}

function exportManifest(state: PracticeState, call: MethodCall): MethodAnswer {
  owner(state, call)
  return answer({ manifest: findAppOrFail(state, call.fields.app_id).manifest }, READ)
}

function remove(draft: PracticeState, call: MethodCall): MethodAnswer {
  owner(draft, call)
  removeApp(draft, changeableApp(draft, call).appId)
  return answer({}, WRITE)
}

function answer(body: Record<string, unknown>, accepted: readonly string[]): MethodAnswer {
  return { body: { ok: true, ...body }, scopes: CONFIGURATION_SCOPES, accepted }
}

/** Whose configuration token it is. A token of an app may not change apps. */
function owner(state: PracticeState, call: MethodCall): ConfigurationToken {
  const found = findConfigurationToken(state, call.token)
  if (found === undefined) {
    liveToken(state, call.token, call.nowMs)
    throw new SlackProblem('not_allowed_token_type')
  }
  checkConfigurationToken(found, call.nowMs)
  return found
}

/** The manifest that came as a JSON string. @throws SlackProblem `invalid_manifest` */
function readManifest({ fields }: MethodCall, before: Manifest | null): Manifest {
  const checked = checkManifest(parseJson(fields.manifest ?? ''), before)
  if ('errors' in checked) throw invalidManifest(checked.errors)
  return checked.manifest
}

/** @throws SlackProblem `invalid_manifest` for what is no JSON */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidManifest([{ message: 'is no JSON', pointer: '/' }])
  }
}

function invalidManifest(errors: readonly ManifestError[]): SlackProblem {
  return new SlackProblem('invalid_manifest', { errors })
}

function findAppOrFail(state: PracticeState, appId = ''): PracticeApp {
  const found = findAppById(state, appId)
  if (found === undefined) throw new SlackProblem('invalid_app_id')
  return found
}

/** The built-in apps are made anew at each start. */
function changeableApp(draft: PracticeState, { fields }: MethodCall): StoredApp {
  const found = draft.apps.find((one) => one.appId === fields.app_id)
  if (found === undefined) throw new SlackProblem('invalid_app_id')
  if (found.role !== 'registered') throw new SlackProblem('app_not_eligible')
  return found
}

function scopesOf(manifest: Manifest): string {
  const { botScopes, userScopes } = settingsOf(manifest)
  return JSON.stringify([[...botScopes].sort(), [...userScopes].sort()])
}
