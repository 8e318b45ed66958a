import type { NewActivity } from '../activity/activity.ts'
import { REDIRECT_PORTS, RELAY_PORT } from '../contract/redirect.ts'
import type { AuthorizationView } from '../contract/views.ts'
import { toFailure } from '../errors.ts'
import { type Authorizations, createAuthorizations } from '../oauth/authorizations.ts'
import { openCertificate } from '../oauth/certificate.ts'
import { createLazyTrustStores } from '../oauth/trust/lazy-trust-stores.ts'
import type { AuthorizationFacts } from '../workspaces/authorization-entry.ts'
import { type AuthorizeService, createAuthorizeService } from '../workspaces/authorize.ts'
import { createCertificateStore } from '../workspaces/certificate-store.ts'
import type { CheckService } from '../workspaces/check.ts'
import { createHeldAnswers, type HeldAnswers } from '../workspaces/held-answers.ts'
import { createPastedAddresses, type PastedAddresses } from '../workspaces/pasted-addresses.ts'
import {
  createTrustCertificateService,
  moveTrust,
  type TrustCertificateService,
} from '../workspaces/trust-certificate.ts'
import { aboutInstallation } from './act-names.ts'
import type { Ground } from './build-ground.ts'
import type { Records } from './build-records.ts'
import type { Outside } from './outside.ts'

/** From the browser's consent page back to the vault. */
export interface Authorizing {
  readonly authorizations: Authorizations
  readonly authorize: AuthorizeService
  readonly heldAnswers: HeldAnswers
  readonly pastedAddresses: PastedAddresses
  readonly trust: TrustCertificateService
  readonly views: () => AuthorizationView[]
}

/**
 * The caller closes `authorizations`.
 *
 * @param check asked about each workspace that was just authorized
 */
export function buildAuthorize(
  ground: Ground,
  { installations, slackApps }: Records,
  check: CheckService,
  outside: Outside,
): Authorizing {
  const { vault, slack, browser, prepare, changes } = ground
  const { clock, log, clipboard, activity } = outside
  const onChange = () => changes.tell('authorizations')
  const heldAnswers = createHeldAnswers({ vault, installations, slackApps, slack, log, onChange })
  const { trust, certificate } = buildCertificate(ground, outside)
  const authorizations = createAuthorizations({
    ...{ clock, browser, certificate, log },
    ports: outside.redirectPorts ?? REDIRECT_PORTS,
    relayPort: outside.relayPort ?? RELAY_PORT,
  })
  const authorize = createAuthorizeService({
    ...{ authorizations, slack, slackApps, installations, heldAnswers },
    ...{ prepare, clock, log, onChange },
    onFailed: ({ app, wanted }, { code, slackCode = null }) =>
      activity.record({
        ...{ what: 'authorized', slackApp: app.name, workspace: wanted?.name ?? null },
        ...{ outcome: code === 'OAUTH_OTHER_TEAM' ? 'warning' : 'failed', code, slackCode },
      }),
    onStored: (installationId) => {
      activity.record(authorized(installations, installationId))
      // Learns names and domain; what it finds wrong is kept with the credential and shown there.
      check
        .check(installationId)
        .catch((thrown: unknown) =>
          log.info('first check failed', { code: toFailure(thrown).code }),
        )
    },
  })
  const pastedAddresses = createPastedAddresses({ clipboard, authorize })
  const views = () => withTrust(authorize.views(), trust)
  return { authorizations, authorize, heldAnswers, pastedAddresses, trust, views }
}

/** What is there now; the workspace may have been removed in the same moment. */
function authorized(installations: Records['installations'], id: string): NewActivity {
  const found = installations.all().find((one) => one.id === id)
  if (found === undefined) return { what: 'authorized' }
  const what = found.history.at(-1)?.what === 'reinstalled' ? 'reinstalled' : 'authorized'
  const credentials = found.credentials.map(({ kind }) => kind)
  return { what, ...aboutInstallation(found), credentials }
}

function buildCertificate({ vault, changes }: Ground, outside: Outside) {
  const parts = {
    store: createCertificateStore(vault),
    stores: createLazyTrustStores({ ...outside, run: outside.runProgram }),
    log: outside.log,
    // The waiting page says whether the browser will warn.
    onChange: () => changes.tell('authorizations'),
  }
  const certificate = openCertificate({
    ...{ store: parts.store, clock: outside.clock },
    onRenewed: moveTrust(parts),
  })
  return { certificate, trust: createTrustCertificateService({ ...parts, certificate }) }
}

/** Tells the waiting page whether the browser will warn. */
function withTrust(
  views: readonly AuthorizationFacts[],
  trust: TrustCertificateService,
): AuthorizationView[] {
  if (views.length === 0) return []
  const isCertificateTrusted = trust.isTrusted()
  return views.map((view) => ({ ...view, isCertificateTrusted }))
}
