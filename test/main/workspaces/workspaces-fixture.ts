import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { SlackAppInput } from '../../../main/contract/inputs.ts'
import { openConfStore } from '../../../main/platform/conf-store.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { createOsLocks } from '../../../main/platform/os-locks.ts'
import { createKeyringProtector } from '../../../main/vault/keyring-protector.ts'
import { openVault } from '../../../main/vault/vault.ts'
import { createHeldAnswers } from '../../../main/workspaces/held-answers.ts'
import { createInstallations } from '../../../main/workspaces/installations.ts'
import { createSlackApps, type SlackApps } from '../../../main/workspaces/slack-apps.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { createFakeKeyring } from '../../fakes/fake-keyring.ts'
import { createFakeSlackApi } from '../../fakes/fake-slack-api.ts'

/** The form's answers for an app that asks for bot and user scopes; `change` says what is different. */
export function appInput(change: Partial<SlackAppInput> = {}): SlackAppInput {
  return {
    name: 'Deploy Bot',
    environment: { kind: 'slack' },
    clientId: '4210987654321.7788990011223',
    clientSecret: 'placeholder-client-secret',
    signingSecret: null,
    verificationToken: null,
    flow: 'v2',
    strategy: 'https',
    redirectUrl: null,
    botScopes: ['chat:write'],
    userScopes: [],
    optionalScopes: [],
    ...change,
  }
}

/** The room on a real vault in a folder of its own, with a Slack that answers as it is told. */
export async function openWorkspaces() {
  const directory = mkdtempSync(join(tmpdir(), 'workspaces-'))
  const clock = createFakeClock()
  const keyring = createFakeKeyring()
  const protector = createKeyringProtector(keyring)
  const locks = createOsLocks({ directory: join(directory, 'locks'), platform: process.platform })
  const place = { directory, openStore: openConfStore, clock, locks }
  const { vault } = await openVault({ ...place, protector })
  onTestFinished(() => {
    vault.close()
    rmSync(directory, { recursive: true })
  })
  const slack = createFakeSlackApi()
  const installations = createInstallations({
    vault: () => vault,
    clock,
    slackApps: () => slackApps.facts(),
    onChange() {},
  })
  const workspacesOf = (slackAppId: string) =>
    installations
      .all()
      .filter((one) => one.slackAppId === slackAppId)
      .map((one) => one.teamName)
  const slackApps: SlackApps = createSlackApps({
    vault: () => vault,
    clock,
    workspacesOf,
    onChange() {},
  })
  const heldAnswers = createHeldAnswers({
    vault: () => vault,
    installations,
    slackApps,
    slack,
    log: silentLog,
    onChange() {},
  })
  return { directory, clock, locks, keyring, vault, slack, installations, slackApps, heldAnswers }
}

export type Workspaces = Awaited<ReturnType<typeof openWorkspaces>>
