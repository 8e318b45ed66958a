import { KNOWN_SCOPES, type ScopeSide } from '../slack-apps/scope-meanings.ts'

/**
 * Words about scopes that are not documented for this side; undefined when all are. A warning only:
 * Slack decides what it knows.
 */
export function scopeWarning(side: ScopeSide, scopes: readonly string[]): string | undefined {
  const unknown = scopes.filter((scope) => !isKnown(side, scope))
  const [first] = unknown
  if (first === undefined) return undefined
  if (unknown.length > 1) {
    return `Slack’s list does not have ${unknown.join(', ')}. You can keep them, but Slack may refuse them.`
  }
  const other = side === 'bot' ? 'user' : 'bot'
  if (isKnown(other, first)) {
    return `Slack’s list has ${first} as a ${other} scope only. You can keep it, but Slack may refuse it.`
  }
  return `Slack’s list does not have ${first}. You can keep it, but Slack may refuse it.`
}

function isKnown(side: ScopeSide, scope: string): boolean {
  return KNOWN_SCOPES[side].some(({ name }) => name === scope)
}
