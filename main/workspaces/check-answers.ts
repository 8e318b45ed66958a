/** What Slack said while one installation was checked, until it is saved. */
import type { OrgTeam } from '../contract/views.ts'
import { AppError } from '../errors.ts'
import type { Secret } from '../platform/secret.ts'
import type { Installation, Installations } from './installations.ts'
import type { CredentialMeta, InstallationMeta } from './records.ts'

/** Slack's answer about one token. */
export interface CheckAnswer {
  /** When it came, epoch milliseconds. */
  readonly atMs: number
  readonly update: (credential: CredentialMeta) => CredentialMeta
  /** What it tells about the workspace. */
  readonly learned: Partial<InstallationMeta>
}

export interface CheckAnswers {
  add(credentialId: string, token: Secret, answer: CheckAnswer): void
  addTeams(orgTeams: OrgTeam[]): void
  /**
   * The installation as it is, with the answers in it. One about a token that was replaced or removed
   * meanwhile is left out.
   *
   * @throws WorkspaceNotFound
   */
  applied(): Installation
  /** Saves the answers in one go, if there are any, and forgets them. @throws WorkspaceNotFound */
  keep(): Promise<void>
}

/** The answers about this installation. A save rewrites the whole vault, so each has but one. */
export function createCheckAnswers(
  installations: Installations,
  installationId: string,
): CheckAnswers {
  const answers = new Map<string, CheckAnswer & { readonly token: Secret }>()
  let teams: Partial<InstallationMeta> = {}
  const isOfNow = (credentialId: string, token: Secret) =>
    tokenNow(installations, installationId, credentialId) === token.expose()
  const applied = () => {
    const current = [...answers].filter(([id, { token }]) => isOfNow(id, token))
    return current.reduce(withAnswer, { ...installations.get(installationId), ...teams })
  }
  return {
    add: (credentialId, token, answer) => void answers.set(credentialId, { ...answer, token }),
    addTeams(orgTeams) {
      teams = { orgTeams }
    },
    applied,
    async keep() {
      if (answers.size === 0 && teams.orgTeams === undefined) return
      await installations.update(installationId, () => {
        const answered = applied()
        answers.clear()
        teams = {}
        return answered
      })
    },
  }
}

function withAnswer(
  installation: Installation,
  [credentialId, { atMs, update, learned }]: [string, CheckAnswer],
): Installation {
  const credentials = installation.credentials.map((credential) =>
    credential.id === credentialId ? { ...update(credential), lastCheckedAtMs: atMs } : credential,
  )
  return { ...installation, ...learned, lastCheckedAtMs: atMs, credentials }
}

/** Null where it is gone. */
function tokenNow(
  installations: Installations,
  installationId: string,
  credentialId: string,
): string | null {
  try {
    return installations.token(installationId, credentialId).expose()
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'SECRET_NOT_FOUND') return null
    throw thrown
  }
}
