import type { Api } from '../../main/contract/api.ts'
import type {
  CallArgs,
  CallName,
  CallValue,
  EventName,
  EventPayload,
} from '../../main/contract/calls.ts'
import type { ErrorCode, Failure, Result } from '../../main/contract/errors.ts'
import { CALL_NAMES, EVENT_NAMES } from '../../main/contract/names.ts'
import type { Snapshot } from '../../main/contract/views.ts'
import { sampleRestorePreview } from './sample-backup.ts'
import { sampleCertificate } from './sample-certificate.ts'
import { readSample, sampleComparison, sampleManifest } from './sample-manifest.ts'
import { sampleSnapshot } from './sample-snapshot.ts'

/** What a test says a call does: a value, a whole Result, or a function that answers either. */
export type Overrides = {
  readonly [N in CallName]?:
    | Result<CallValue<N>>
    | ((...args: CallArgs<N>) => Result<CallValue<N>> | Promise<Result<CallValue<N>>>)
}

export interface FakeApi extends Api {
  /** Every call in order, with its arguments. */
  readonly calls: { readonly name: CallName; readonly args: readonly unknown[] }[]
  /** The arguments of each call of that name. */
  callsTo(name: CallName): (readonly unknown[])[]
  /** Sends an event to the page. */
  emit<N extends EventName>(name: N, payload: EventPayload<N>): void
}

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function fail(code: ErrorCode, over: Partial<Failure> = {}) {
  const failure: Failure = {
    code,
    message: 'Slack did not answer',
    advice: 'Check the connection, then try again.',
    remedy: 'retry',
    ...over,
  }
  return { ok: false, failure } as const
}

/** main, as a page sees it: answers at once and well unless told otherwise, and notes every call. */
export function createFakeApi(
  overrides: Overrides = {},
  snapshot: Snapshot = sampleSnapshot(),
): FakeApi {
  const calls: FakeApi['calls'] = []
  const listeners = new Map<EventName, Set<(payload: never) => void>>()
  const answers: Partial<Record<CallName, unknown>> = { ...defaults(snapshot), ...overrides }

  async function answer(name: CallName, args: readonly unknown[]): Promise<unknown> {
    calls.push({ name, args })
    const given = answers[name]
    if (typeof given === 'function') return given(...args)
    return given ?? ok(null)
  }
  const call = Object.fromEntries(
    CALL_NAMES.map((name) => [name, (...args: unknown[]) => answer(name, args)]),
  )
  const on = Object.fromEntries(
    EVENT_NAMES.map((name) => [
      name,
      (listener: (payload: never) => void) => {
        const set = listeners.get(name) ?? new Set()
        listeners.set(name, set.add(listener))
        return () => set.delete(listener)
      },
    ]),
  )
  return {
    call: call as Api['call'],
    on: on as unknown as Api['on'],
    calls,
    callsTo: (name) => calls.filter((made) => made.name === name).map((made) => made.args),
    emit(name, payload) {
      for (const listener of listeners.get(name) ?? []) listener(payload as never)
    },
  }
}

/** Answers of the calls whose value is not null. No value here is shaped like a live token. */
function defaults(snapshot: Snapshot): Overrides {
  /** What the last draft was read from. */
  let read = {}
  return {
    'desk/load': () => ok(snapshot),
    'vault/confirm-user': ok({ seconds: 300 }),
    'vault/delete-everything': ok([]),
    'backup/create': ok({
      displayPath: '~/token-desk-2026-11-23.tdbackup',
      installationCount: snapshot.installations.length,
      slackAppCount: snapshot.slackApps.length,
      configurationTokenCount: snapshot.configurationTokens.length,
    }),
    'backup/choose-file': ok({ backupId: 'backup-1', fileName: 'token-desk-2026-11-20.tdbackup' }),
    'backup/open': () => ok(sampleRestorePreview()),
    'backup/restore': ok({ added: 3, updated: 1, kept: 2 }),
    'activity/list': ok([]),
    'activity/export': (ids) => ok({ displayPath: '~/activity.jsonl', count: ids.length }),
    'practice/try': ok({ authorizationId: 'auth-1' }),
    'slack-apps/add': ok({ slackAppId: 'app-new' }),
    'manifests/draft': (form) =>
      ok(
        sampleManifest({
          turnsOnPkce: form.strategy === 'pkce',
          turnsOnRotation: form.tokenRotation,
        }),
      ),
    'manifests/read': (text) => ok(readSample(text)),
    'manifests/of-app': () => ok(sampleManifest()),
    'manifests/export': () => ok(sampleManifest()),
    'manifests/compare': () => ok(sampleComparison()),
    'manifests/create': ok({ kind: 'created', slackAppId: 'app-deploy', isUnfinished: false }),
    'manifests/update': ok({ kind: 'updated', permissionsUpdated: true, workspaceCount: 2 }),
    'sharing/copy-app-lines': ok({
      variables: ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_BOT_SCOPE'],
      clearedAfterSeconds: 30,
    }),
    'workspaces/authorize': ok({ authorizationId: 'auth-1' }),
    'workspaces/authorize-by-paste': ok({ authorizationId: 'auth-1' }),
    'workspaces/refresh': ok({ refreshed: 1 }),
    'workspaces/revoke': (_id, credentialIds) =>
      ok({ revoked: credentialIds.length, failures: [] }),
    'authorizations/read-pasted-address': ok({ shown: 'https://localhost:17871/callback' }),
    'authorizations/try-again': ok({ authorizationId: 'auth-2' }),
    'authorizations/keep-other-team': ok({ installationId: 'inst-new' }),
    'import/store': (_id, choices) =>
      ok({ installationId: 'inst-new', stored: choices.length, configurationTokens: 0 }),
    'sharing/copy-line': ok({ variable: 'SLACK_BOT_TOKEN', clearedAfterSeconds: 30 }),
    'sharing/reveal': ok({ value: 'EXAMPLE-ONLY-THIS-IS-NOT-A-TOKEN-k3Zq', seconds: 20 }),
    'sharing/recent-env-files': ok([]),
    'sharing/choose-env-file': ok({
      id: 'file-1',
      displayPath: '~/code/northwind-bot/.env',
      exists: true,
    }),
    'sharing/preview-write': (_ref, _fileId, variable) => ok(samplePreview(variable)),
    'sharing/write': ok({
      writeId: 'write-1',
      displayPath: '~/code/northwind-bot/.env',
      changedCount: 1,
      createdFile: false,
      gitignoreAdded: true,
      gitignoreFailure: null,
    }),
    'sharing/undo-write': ok({ displayPath: '~/code/northwind-bot/.env' }),
    'import/read-clipboard': (environment) => {
      read = {}
      return ok(sampleDraft(environment, false))
    },
    'import/choose-file': (environment) => {
      read = { fileName: '.env', lineCount: 8 }
      return ok({ ...sampleDraft(environment, false), ...read })
    },
    'workspaces/check-all': () =>
      ok({ checked: snapshot.installations.length, failed: 0, wasCancelled: false }),
    'certificate/look': ok(sampleCertificate()),
    'certificate/trust': ok(sampleCertificate(everywhere('trusted'))),
    'certificate/untrust': ok(sampleCertificate(everywhere('untrusted'))),
    'import/check': () => ok({ ...sampleDraft({ kind: 'slack' }, true), ...read }),
  }
}

function everywhere(state: 'trusted' | 'untrusted') {
  return { stores: sampleCertificate().stores.map((store) => ({ ...store, state })) }
}

export function samplePreview(variable: string): CallValue<'sharing/preview-write'> {
  const hidden = '•••••• hidden'
  return {
    id: 'preview-1',
    file: { id: 'file-1', displayPath: '~/code/northwind-bot/.env', exists: true },
    leadsTo: null,
    variable,
    lines: [
      { sign: 'same', before: 2, after: 2, text: `DATABASE_URL=${hidden}` },
      { sign: 'same', before: 3, after: 3, text: '# Slack' },
      { sign: 'removed', before: 4, after: null, text: `${variable}=xoxb-…9fTu` },
      { sign: 'added', before: null, after: 4, text: `${variable}=xoxb-…k3Zq` },
      { sign: 'same', before: 5, after: 5, text: `SLACK_SIGNING_SECRET=${hidden}` },
      { sign: 'same', before: 6, after: 6, text: `PORT=${hidden}` },
    ],
    changedCount: 1,
    unchangedCount: 7,
    lineEnding: 'LF',
    mode: '0600',
    createsFile: false,
    changesAnything: true,
    git: {
      state: 'not-ignored',
      gitignore: { displayPath: '~/code/northwind-bot/.gitignore', line: '.env' },
      untrackCommand: null,
    },
    publicNameWarning: false,
  }
}

export function sampleDraft(
  environment: CallArgs<'import/read-clipboard'>[0],
  isChecked: boolean,
): CallValue<'import/read-clipboard'> {
  return {
    id: 'draft-1',
    fileName: null,
    lineCount: 2,
    environment: { ref: environment, label: 'slack.com', host: 'slack.com' },
    findings: [
      {
        id: 'finding-1',
        kind: 'bot',
        masked: 'xoxb-…k3Zq',
        variable: 'SLACK_BOT_TOKEN',
        line: 1,
        check: isChecked
          ? { kind: 'works', workspaceName: 'Northwind Test', scopes: ['chat:write'] }
          : { kind: 'not-checked' },
      },
      {
        id: 'finding-2',
        kind: 'webhook',
        masked: 'hooks.slack.com/…pR7x',
        variable: 'SLACK_WEBHOOK_URL',
        line: 2,
        check: isChecked ? { kind: 'cannot-be-checked' } : { kind: 'not-checked' },
      },
    ],
  }
}
export { sampleSnapshot } from './sample-snapshot.ts'
