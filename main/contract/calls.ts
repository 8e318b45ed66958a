import * as z from 'zod'
import { failure } from './errors.ts'
import { manifestForm, slackAppInput, typedSecret } from './inputs.ts'
import * as v from './views.ts'

/**
 * Every call from the renderer to main, `room/verb`: the arguments it takes and the value it answers.
 * main parses both; the renderer imports only the types.
 */

const id = z.string().min(1).max(200)
const nothing = z.null()

/** JSON or YAML as the user edited it. */
const manifestText = z.string().max(200_000)

/** Slack said no to a manifest, and why, line by line. Nothing was created or changed. */
const manifestRefused = z.object({
  kind: z.literal('refused'),
  problems: z.array(v.manifestProblem),
})

/** Declares one call: a schema per argument and one for the value. */
function call<const A extends readonly z.ZodType[], V extends z.ZodType>(args: A, value: V) {
  return { args, value } as const
}

export const CALLS = {
  /** Everything there is to show; later changes come as `desk/changed`. */
  'desk/load': call([], v.snapshot),
  'desk/set-theme': call([z.enum(['system', 'light', 'dark'])], nothing),
  'desk/open-data-folder': call([], nothing),
  'desk/copy-diagnostics': call([], nothing),
  'desk/quit': call([], nothing),

  'vault/choose-passphrase': call([typedSecret], nothing),
  /** The passphrase, or null where the keyring protects the vault. */
  'vault/unlock': call([typedSecret.nullable()], nothing),
  'vault/lock': call([], nothing),
  /** Moves the vault that cannot be opened aside and begins an empty one. */
  'vault/start-afresh': call([], nothing),
  'vault/show-damaged-file': call([], nothing),
  'vault/dismiss-recovery': call([], nothing),
  /**
   * Protects the vault by this passphrase alone. The first is the passphrase until now; null where the
   * keyring protects it.
   */
  'vault/set-passphrase': call([typedSecret.nullable(), typedSecret], nothing),
  /** Gives the vault back to the keyring; needs the passphrase. */
  'vault/remove-passphrase': call([typedSecret], nothing),
  /** Shows that it is the user: Touch ID (null) or the passphrase. Holds for `seconds`. */
  'vault/confirm-user': call([typedSecret.nullable()], z.object({ seconds: z.number() })),
  /** Deletes all that Token Desk keeps on this computer; the app quits when the page asks it to. */
  'vault/delete-everything': call([], z.array(v.leftBehind)),
  'security/change': call([v.securitySettings.partial()], nothing),

  /** The save dialog of the system, then the file; null when the user closed it. */
  'backup/create': call([typedSecret], v.backupReport.nullable()),
  /** The file dialog of the system; null when the user closed it. */
  'backup/choose-file': call([], v.backupFile.nullable()),
  /** Opens it with its passphrase and compares it with what is here. Nothing is stored. */
  'backup/open': call([id, typedSecret], v.restorePreview),
  /**
   * Stores what the preview said. `intoNewVault`: the vault that cannot be opened is set aside first,
   * and the new one is protected by the keyring, or by the backup's passphrase where there is none.
   */
  'backup/restore': call([id, z.object({ intoNewVault: z.boolean() })], v.restoreReport),
  'backup/discard': call([id], nothing),

  /** Newest last, the last 5,000. */
  'activity/list': call([], z.array(v.activityEntry)),
  /**
   * Writes the entries of these IDs as JSON lines, in their order; the save dialog of the system comes
   * first, null when the user closed it.
   */
  'activity/export': call(
    [z.array(id).max(5000)],
    z.object({ displayPath: z.string(), count: z.number() }).nullable(),
  ),

  /** Starts (or finds) the practice Slack, adds its app if needed, and begins an authorization. */
  'practice/try': call([], z.object({ authorizationId: z.string() })),

  'slack-apps/add': call([slackAppInput], z.object({ slackAppId: z.string() })),
  'slack-apps/update': call([id, slackAppInput], nothing),
  /** Refused with SLACK_APP_IN_USE while installations use it. */
  'slack-apps/remove': call([id], nothing),
  /** Opens the app list of that environment in the browser. */
  'slack-apps/open-settings': call([v.environmentRef], nothing),
  /** Copies one (index from 0) or all (null) of the strategy's redirect URLs. */
  'slack-apps/copy-redirect-urls': call(
    [z.enum(['https', 'pkce']), z.number().int().min(0).max(2).nullable(), v.environmentRef],
    nothing,
  ),
  /** Opens one page of the app's settings at Slack; its list of apps where the app ID is not known. */
  'slack-apps/open-page': call([id, z.enum(['basic', 'oauth', 'install'])], nothing),
  /**
   * Copies what a web server with an OAuth flow of its own needs: the authorize link, or a button as
   * HTML. No state and no secret is in it.
   */
  'slack-apps/copy-install-link': call(
    [id, z.enum(['link', 'add-to-slack', 'sign-in-with-slack'])],
    nothing,
  ),

  /** A manifest from the form; says what is wrong with it. */
  'manifests/draft': call([manifestForm], v.manifestView),
  /** Reads an edited text, JSON or YAML. */
  'manifests/read': call([manifestText], v.manifestView),
  /** What Token Desk knows of this app as a manifest; Slack is not asked. */
  'manifests/of-app': call([id], v.manifestView),
  /** What Slack has. @throws CONFIGURATION_TOKEN_MISSING */
  'manifests/export': call([id], v.manifestView),
  'manifests/copy': call([manifestText], nothing),
  /** Opens Slack's page for a new app with this manifest filled in. */
  'manifests/open-prefilled': call([v.environmentRef, manifestText], nothing),
  /** Validates and creates the app at Slack, and keeps its secrets at once. */
  'manifests/create': call(
    [v.environmentRef, manifestText],
    z.discriminatedUnion('kind', [
      manifestRefused,
      z.object({ kind: z.literal('created'), slackAppId: z.string(), isUnfinished: z.boolean() }),
    ]),
  ),
  /** Asks Slack for its manifest of this app and compares. */
  'manifests/compare': call([id, manifestText], v.manifestComparison),
  /** Sends the text to Slack if nothing changed there since that comparison. */
  'manifests/update': call(
    [id, manifestText, id],
    z.discriminatedUnion('kind', [
      manifestRefused,
      z.object({
        kind: z.literal('updated'),
        /** Slack says that workspaces have to reinstall. */
        permissionsUpdated: z.boolean(),
        /** Workspaces here that use this app. */
        workspaceCount: z.number(),
      }),
    ]),
  ),
  /** Asks Slack for a fresh configuration token now. */
  'configuration-tokens/refresh': call([id], nothing),
  'configuration-tokens/remove': call([id], nothing),

  /** Begins an authorization; with an installation, that one is wanted back and gets updated. */
  'workspaces/authorize': call([id, id.nullable()], z.object({ authorizationId: z.string() })),
  /** The same without a listener, when every port is busy: the user pastes the address. */
  'workspaces/authorize-by-paste': call(
    [id, id.nullable()],
    z.object({ authorizationId: z.string() }),
  ),
  'workspaces/check': call([id], nothing),
  /** Checks every workspace; `desk/changed` tells how far it is. Answers when it has ended. */
  'workspaces/check-all': call(
    [],
    z.object({ checked: z.number(), failed: z.number(), wasCancelled: z.boolean() }),
  ),
  'workspaces/cancel-check-all': call([], nothing),
  /** Refreshes every rotating token of the workspace now. */
  'workspaces/refresh': call([id], z.object({ refreshed: z.number() })),
  /** Turns a long-lived token into a rotating one. Slack cannot turn it back. */
  'workspaces/exchange-token': call([id, id], nothing),
  /** Null gives the workspace Slack's own name again. */
  'workspaces/rename': call([id, z.string().max(200).nullable()], nothing),
  'workspaces/set-note': call([id, z.string().max(2000)], nothing),
  /** Revokes these credentials at Slack. */
  'workspaces/revoke': call(
    [id, z.array(id).min(1).max(100)],
    z.object({
      revoked: z.number(),
      failures: z.array(z.object({ credentialId: z.string(), failure })),
    }),
  ),
  /** Removes the app from that workspace at Slack, which ends every token of it. */
  'workspaces/uninstall': call([id], nothing),
  /** Forgets the installation here; Slack is not told. */
  'workspaces/remove': call([id], nothing),

  'authorizations/open-again': call([id], nothing),
  'authorizations/copy-link': call([id], nothing),
  /** Reads the clipboard in main. The address is kept there; only its origin and path are answered. */
  'authorizations/read-pasted-address': call([id], z.object({ shown: z.string() })),
  'authorizations/use-pasted-address': call([id], nothing),
  'authorizations/forget-pasted-address': call([id], nothing),
  'authorizations/cancel': call([id], nothing),
  /** Begins anew with the same app and the same wanted workspace; the old one is put away. */
  'authorizations/try-again': call([id], z.object({ authorizationId: z.string() })),
  'authorizations/keep-other-team': call([id], z.object({ installationId: z.string() })),
  'authorizations/refuse-other-team': call([id], nothing),
  'authorizations/put-away': call([id], nothing),

  /** Reads the clipboard in main and recognises what is there. Nothing is sent or stored. */
  'import/read-clipboard': call([v.environmentRef], v.importDraft),
  /** Checks what can be checked with the draft's environment, and with that host alone. */
  'import/check': call([id], v.importDraft),
  /** The system's file dialog, then the same with a file; null when the user closed it. */
  'import/choose-file': call([v.environmentRef], v.importDraft.nullable()),
  /**
   * Stores the chosen findings. Those that Slack named a workspace for go there; `rest` says where the
   * others go: with the workspace that was found, to one that is here, or to a new one of that name.
   */
  'import/store': call(
    [
      id,
      z
        .array(z.object({ id, as: z.enum(['user', 'configuration']).nullable() }))
        .min(1)
        .max(100),
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('found') }),
        z.object({ kind: z.literal('installation'), installationId: id }),
        z.object({ kind: z.literal('new'), name: z.string().max(200) }),
      ]),
    ],
    z.object({
      /** Null when only configuration tokens were stored. */
      installationId: z.string().nullable(),
      stored: z.number(),
      configurationTokens: z.number(),
    }),
  ),
  'import/discard': call([id], nothing),

  'sharing/copy-line': call(
    [v.secretRef],
    z.object({ variable: z.string(), clearedAfterSeconds: z.number() }),
  ),
  /** `SLACK_CLIENT_ID`, `SLACK_CLIENT_SECRET` and `SLACK_BOT_SCOPE` of a Slack app, for a web server. */
  'sharing/copy-app-lines': call(
    [id],
    z.object({ variables: z.array(z.string()), clearedAfterSeconds: z.number() }),
  ),
  /** The one call that answers a secret: shown for `seconds`, never kept in the renderer's state. */
  'sharing/reveal': call([v.secretRef], z.object({ value: z.string(), seconds: z.number() })),
  /** Files written before for this secret's workspace, last first. */
  'sharing/recent-env-files': call([v.secretRef], z.array(v.envFileView)),
  /** The system's file dialog; null when the user closed it. */
  'sharing/choose-env-file': call([v.secretRef], v.envFileView.nullable()),
  'sharing/preview-write': call([v.secretRef, id, z.string().max(200)], v.writePreview),
  'sharing/write': call([id, z.object({ addToGitignore: z.boolean() })], v.writeReport),
  'sharing/undo-write': call([id], z.object({ displayPath: z.string() })),
  'sharing/copy-untrack-command': call([id], nothing),

  /** Looks into the browsers' stores; makes nothing. */
  'certificate/look': call([], v.certificateView),
  /** Adds the certificate to the user's own stores. */
  'certificate/trust': call([], v.certificateView),
  'certificate/untrust': call([], v.certificateView),
} as const

export type Calls = typeof CALLS
export type CallName = keyof Calls
export type CallArgs<N extends CallName> = ArgsOf<Calls[N]['args']>
type ArgsOf<A extends readonly z.ZodType[]> = { readonly [K in keyof A]: z.infer<A[K]> }
export type CallValue<N extends CallName> = z.infer<Calls[N]['value']>

/** Every event from main to the renderer. Only the slices that changed are present. */
export const EVENTS = {
  'desk/changed': v.snapshot.partial(),
  /** Entries that came to the Activity list, also from the command line. */
  'activity/added': z.array(v.activityEntry),
  /** A menu item or a second start asks for a screen or an act. */
  'desk/command': z.object({
    command: z.enum([
      'workspaces',
      'slack-apps',
      'activity',
      'settings',
      'search',
      'authorize',
      'import',
      'lock',
    ]),
    /** With `workspaces`: the one to show. */
    installationId: z.string().nullable(),
  }),
} as const
export type Events = typeof EVENTS
export type EventName = keyof Events
export type EventPayload<N extends EventName> = z.infer<Events[N]>
