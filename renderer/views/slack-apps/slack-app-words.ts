import type { InstallationView, SlackAppView } from '../../../main/contract/views.ts'

/** The workspaces that were authorized with this app. */
export function workspacesOf(
  app: SlackAppView,
  installations: readonly InstallationView[],
): InstallationView[] {
  return installations.filter(({ slackAppId }) => slackAppId === app.id)
}

/** "1 workspace", "2 workspaces", "1,000 workspaces". */
export function countWords(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })

/** "A04EXAMPLE1 · slack.com · added 25 Aug 2026", in the user's time zone. */
export function factsOf(app: SlackAppView): string {
  const facts = [app.appId, app.environment.label, `added ${DATE.format(app.createdAtMs)}`]
  return facts.filter((fact) => fact !== null).join(' · ')
}

/** Names for a sentence: "Acme, Harbor and 3 more". */
export function joinNames(names: readonly string[]): string {
  if (names.length > 5) return `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names)
}
