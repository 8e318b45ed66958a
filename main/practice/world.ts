/** Who and what there is in the practice Slack: the same at every start, so that tests may name it. */

/** Somebody to act as. IDs belong to one workspace, as Slack's do. */
export interface Person {
  readonly userId: string
  /** As `auth.test` names the user. */
  readonly name: string
  /** As the consent page names the person. */
  readonly label: string
}

export interface Channel {
  readonly id: string
  /** With its `#`. */
  readonly name: string
}

export interface PracticeWorkspace {
  readonly id: string
  readonly name: string
  readonly domain: string
  /** Stands in the tokens of the workspace, as Slack's own numbers do. */
  readonly number: string
  /** The same people in each workspace, in the same order. */
  readonly people: readonly Person[]
  /** The same names in each workspace, in the same order. */
  readonly channels: readonly Channel[]
}

const PEOPLE = [
  { name: 'robin', label: 'Robin' },
  { name: 'sam', label: 'Sam, a colleague' },
]
const CHANNEL_NAMES = ['#deploys', '#general', '#alerts']

export const WORKSPACES: readonly PracticeWorkspace[] = [
  workspace('STUDIO', 'Practice Studio', 'practice-studio', '1000000000017'),
  workspace('LAB', 'Practice Lab', 'practice-lab', '2000000000033'),
]

/** The workspace with this ID; undefined for any other. */
export function findWorkspace(teamId: string): PracticeWorkspace | undefined {
  return WORKSPACES.find((one) => one.id === teamId)
}

/** As Slack gives it in `auth.test`; `.localhost` is this computer in every browser (RFC 6761 section 6.3). */
export function workspaceUrl(domain: string, port: number): string {
  return `http://${domain}.localhost:${port}/`
}

function workspace(mark: string, name: string, domain: string, number: string): PracticeWorkspace {
  return {
    id: `T0PRAC${mark}`,
    name,
    domain,
    number,
    people: PEOPLE.map((person, index) => ({ ...person, userId: `U0${index + 1}PRAC${mark}` })),
    channels: CHANNEL_NAMES.map((channel, index) => ({
      id: `C0${index + 1}PRAC${mark}`,
      name: channel,
    })),
  }
}
