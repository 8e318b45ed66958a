import { Notice } from '../../../parts/notice.tsx'

/** What a manifest turns on that Slack does not turn off again. */
export interface OneWay {
  readonly turnsOnPkce: boolean
  readonly turnsOnRotation: boolean
}

export function isOneWay({ turnsOnPkce, turnsOnRotation }: OneWay): boolean {
  return turnsOnPkce || turnsOnRotation
}

/** "PKCE", "token rotation", or both, for a sentence. */
export function oneWayNames({ turnsOnPkce, turnsOnRotation }: OneWay): string {
  const names = [turnsOnPkce ? 'PKCE' : null, turnsOnRotation ? 'token rotation' : null]
  return names.filter((name) => name !== null).join(' and ')
}

/** Said before a manifest is sent (slack-auth sections 2 and 4). */
export function OneWayWarnings({ turnsOnPkce, turnsOnRotation }: OneWay) {
  return (
    <>
      {turnsOnPkce && (
        <Notice
          kind="warning"
          title="Turning PKCE on cannot be undone. Only Slack’s support can."
        />
      )}
      {turnsOnRotation && (
        <Notice kind="warning" title="Token rotation cannot be turned off again.">
          Tokens then live 12 hours. Token Desk refreshes them, and your programs need the fresh
          ones.
        </Notice>
      )}
    </>
  )
}
