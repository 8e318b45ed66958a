import known from '../../../main/contract/slack-scopes.json' with { type: 'json' }
import type { KnownScope } from '../../parts/scope-options.ts'

/** Slack grants a scope to the bot or to the user who authorizes. */
export type ScopeSide = 'bot' | 'user'

/** The scopes that Slack documents, with what they let an app do. Slack may know more. */
export const KNOWN_SCOPES: Readonly<Record<ScopeSide, readonly KnownScope[]>> = known

/** Classic apps ask in one list, where `bot` stands for all that a bot could do (slack-auth section 5). */
export const CLASSIC_SCOPES: readonly KnownScope[] = [
  { name: 'bot', description: 'Add the bot user of the classic app' },
  ...known.user,
]

/** What the scope lets the app do; undefined for one that is not documented. */
export function scopeMeaning(side: ScopeSide, name: string): string | undefined {
  return KNOWN_SCOPES[side].find((scope) => scope.name === name)?.description
}
