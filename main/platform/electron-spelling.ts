import type { Session } from 'electron'

/**
 * Takes the spell checker out of a session. Each new one would otherwise ask a server of Google for
 * dictionaries, whether or not a page checks spelling. macOS has a checker of its own, and asks nobody.
 * Call it in the same turn in which the session is made: the download begins in a later one.
 */
export function dropSpellChecker(session: Session): void {
  session.setSpellCheckerLanguages([])
}
