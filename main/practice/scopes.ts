import known from '../contract/slack-scopes.json' with { type: 'json' }

/** Scopes of Sign in with Slack, which cannot be asked for with others. Source: slack-auth section 1. */
const SIGN_IN = ['openid', 'email', 'profile']
/** Slack's own schema allows any 50 characters; its scopes are words, joined by dots and colons. */
const WELL_FORMED = /^[a-z][a-z0-9_.-]*(?::[a-z0-9_.-]+)*$/
const MAX_LENGTH = 50
const MAX_COUNT = 255

/** The scopes of a comma-separated list, each once; null when one of them can be no scope. */
export function parseScopes(list: string): string[] | null {
  const scopes = [...new Set(list.split(/[,\s]+/).filter((one) => one !== ''))]
  const isGood = (one: string) => one.length <= MAX_LENGTH && WELL_FORMED.test(one)
  return scopes.length <= MAX_COUNT && scopes.every(isGood) ? scopes : null
}

/** Whether it belongs to Sign in with Slack. */
export function isSignInScope(scope: string): boolean {
  return SIGN_IN.includes(scope)
}

/** Whether one of these belongs to Sign in with Slack. */
export function hasSignInScope(scopes: readonly string[]): boolean {
  return scopes.some(isSignInScope)
}

/** Slack asks for a channel when the bot wants this. */
export const WEBHOOK_SCOPE = 'incoming-webhook'

/** What the classic flow calls a bot with all it may do. Source: slack-auth section 5. */
export const CLASSIC_BOT_SCOPE = 'bot'

/** What a scope lets an app do; null for one that is not on the list, which Slack may know all the same. */
export function scopeMeaning(side: 'bot' | 'user', name: string): string | null {
  if (name === CLASSIC_BOT_SCOPE) return 'A classic bot, with all that it may do'
  return known[side].find((one) => one.name === name)?.description ?? null
}
