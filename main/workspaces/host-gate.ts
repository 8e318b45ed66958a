/**
 * Asks the user before anything goes to a host that is neither Slack's nor on this computer: in a
 * dialog of main's own, since the page could have made the address up.
 */
import type { Browser } from '../platform/browser.ts'
import type { HostQuestion } from '../platform/dialogs.ts'
import type { SlackEndpoints } from '../slack/environment.ts'
import type { SlackApi } from '../slack/slack-api.ts'
import { RecordDamaged } from '../vault/errors.ts'
import type { Vault } from '../vault/vault.ts'
import { HostRefused } from './errors.ts'

/** Slack's own sites, and this computer. */
const KNOWN_HOSTS = /^(?:(?:[\w-]+\.)*slack(?:-gov)?\.com|localhost|127\.0\.0\.1|\[::1\])$/

const RECORD_ID = 'allowed-hosts'

export interface HostGateOptions {
  /** The open vault; throws VaultLocked while locked, and then nothing goes out. */
  readonly vault: () => Vault
  readonly question: HostQuestion
}

export interface HostGate {
  /** Resolves when this address may be contacted. @throws HostRefused, VaultLocked */
  pass(url: string): Promise<void>
}

/**
 * One question at a time, and one for each host: dialogs that lie on each other would be clicked away.
 * A yes is kept in the vault, a no is asked again next time.
 */
export function createHostGate({ vault, question }: HostGateOptions): HostGate {
  const asking = new Map<string, Promise<boolean>>()
  let last: Promise<unknown> = Promise.resolve()
  const ask = (host: string) => {
    const answer = last.then(() => {
      // Locked while another question was open: then nothing is asked any more.
      vault()
      return question.allowsHost(host)
    })
    last = answer.catch(() => {
      // The failure goes to whoever asked; the next question comes all the same.
    })
    return answer
  }
  const allowed = () => readAllowed(vault())
  return {
    async pass(url) {
      const { host, hostname } = new URL(url)
      if (KNOWN_HOSTS.test(hostname) || allowed().includes(host)) return
      const answer = asking.get(host) ?? ask(host).finally(() => asking.delete(host))
      asking.set(host, answer)
      if (!(await answer)) throw new HostRefused(host)
      if (!allowed().includes(host)) await keep(vault(), host)
    },
  }
}

function readAllowed(vault: Vault): string[] {
  const meta = metaOf(vault)
  return Array.isArray(meta) ? meta.filter((host) => typeof host === 'string') : []
}

/** What was changed without the key allows nothing: the user is asked again. */
function metaOf(vault: Vault): unknown {
  try {
    return vault.record(RECORD_ID)?.meta
  } catch (thrown) {
    if (thrown instanceof RecordDamaged) return null
    throw thrown
  }
}

function keep(vault: Vault, host: string): Promise<void> {
  return vault.save(() => {
    const meta = [...new Set([...readAllowed(vault), host])]
    // Removed first: a damaged one is not in the way of a new yes.
    return { remove: [RECORD_ID], put: [{ id: RECORD_ID, kind: RECORD_ID, meta }] }
  })
}

/** Calls that pass the gate first; the question's time does not count for the call. */
export function gatedSlackApi(slack: SlackApi, gate: HostGate): SlackApi {
  const gated =
    <Asked extends unknown[], Answer>(
      call: (endpoints: SlackEndpoints, ...asked: Asked) => Promise<Answer>,
    ) =>
    async (endpoints: SlackEndpoints, ...asked: Asked): Promise<Answer> => {
      await gate.pass(endpoints.apiUrl)
      return call.call(slack, endpoints, ...asked)
    }
  return {
    exchangeCode: gated(slack.exchangeCode),
    testToken: gated(slack.testToken),
    revokeToken: gated(slack.revokeToken),
    teamInfo: gated(slack.teamInfo),
    listTeams: gated(slack.listTeams),
    uninstall: gated(slack.uninstall),
    validateManifest: gated(slack.validateManifest),
    createApp: gated(slack.createApp),
    updateApp: gated(slack.updateApp),
    exportManifest: gated(slack.exportManifest),
    rotateConfigurationToken: gated(slack.rotateConfigurationToken),
    refreshToken: gated(slack.refreshToken),
    exchangeToken: gated(slack.exchangeToken),
  }
}

/** A browser that opens only what passes the gate: an address can carry a secret out, too. */
export function gatedBrowser(browser: Browser, gate: HostGate): Browser {
  return {
    async open(url) {
      await gate.pass(url)
      await browser.open(url)
    },
  }
}
