/** Who and what there is in the practice Slack: the same at every start, so that tests may name it. */

/** Somebody to act as. IDs belong to one workspace, or to all of one organization, as Slack's do. */
export interface Person {
  readonly userId: string
  /** As `auth.test` names the user. */
  readonly name: string
  /** As the consent page names the person. */
  readonly label: string
  readonly givenName: string
  readonly familyName: string
  readonly email: string
}

export interface Channel {
  readonly id: string
  /** With its `#`. */
  readonly name: string
}

/** What an app can be installed on: a workspace, or a whole organization. */
export interface PracticePlace {
  readonly id: string
  readonly name: string
  readonly domain: string
  /** Stands in the tokens of the place, as Slack's own numbers do. */
  readonly number: string
  /** The same people everywhere, in the same order. */
  readonly people: readonly Person[]
}

export interface PracticeWorkspace extends PracticePlace {
  /** The same names in each workspace, in the same order. */
  readonly channels: readonly Channel[]
}

const PEOPLE = [
  { name: 'robin', label: 'Robin', givenName: 'Robin', familyName: 'Practice' },
  { name: 'sam', label: 'Sam, a colleague', givenName: 'Sam', familyName: 'Practice' },
]
const CHANNEL_NAMES = ['#deploys', '#general', '#alerts']
/** Of the organization's people, who have one ID in all its workspaces. Source: slack-auth section 1. */
const ORGANIZATION_PEOPLE = people('PRACORG', 'W')

/** The workspaces that stand alone. */
export const WORKSPACES: readonly PracticeWorkspace[] = [
  workspace('STUDIO', 'Practice Studio', 'practice-studio', '1000000000017'),
  workspace('LAB', 'Practice Lab', 'practice-lab', '2000000000033'),
]

/** An Enterprise organization. Source: slack-auth section 1 (docs: enterprise). */
export const ORGANIZATION: PracticePlace & { readonly workspaces: readonly PracticeWorkspace[] } = {
  id: 'E0PRACORG',
  name: 'Practice Organization',
  domain: 'practice-org',
  number: '3000000000019',
  people: ORGANIZATION_PEOPLE,
  workspaces: [
    workspace('NORTH', 'Practice North', 'practice-north', '4000000000021', ORGANIZATION_PEOPLE),
    workspace('SOUTH', 'Practice South', 'practice-south', '5000000000039', ORGANIZATION_PEOPLE),
    workspace('WEST', 'Practice West', 'practice-west', '6000000000041', ORGANIZATION_PEOPLE),
  ],
}

/** All workspaces, those of the organization last. */
export const ALL_WORKSPACES = [...WORKSPACES, ...ORGANIZATION.workspaces]

/** The workspace with this ID; undefined for any other, the organization's too. */
export function findWorkspace(teamId: string): PracticeWorkspace | undefined {
  return ALL_WORKSPACES.find((one) => one.id === teamId)
}

/** The workspace or the organization with this ID. */
export function findPlace(id: string): PracticePlace | undefined {
  return id === ORGANIZATION.id ? ORGANIZATION : findWorkspace(id)
}

/** The organization that this is, or that the workspace belongs to; null for a workspace that stands alone. */
export function organizationOf(id: string): typeof ORGANIZATION | null {
  const isOwn = id === ORGANIZATION.id || ORGANIZATION.workspaces.some((one) => one.id === id)
  return isOwn ? ORGANIZATION : null
}

/** As Slack gives it in `auth.test`; `.localhost` is this computer in every browser (RFC 6761 section 6.3). */
export function placeUrl({ id, domain }: PracticePlace, port: number): string {
  const host = id === ORGANIZATION.id ? `${domain}.enterprise` : domain
  return `http://${host}.localhost:${port}/`
}

/** Where an installation is, as the answers of the OAuth methods say it. Source: slack-auth section 3. */
export function placeFields(id: string): Record<string, unknown> {
  const organization = organizationOf(id)
  const place = findPlace(id)
  const isOrgWide = id === ORGANIZATION.id
  return {
    team: isOrgWide ? null : { id, name: place?.name },
    enterprise: organization && { id: organization.id, name: organization.name },
    is_enterprise_install: isOrgWide,
  }
}

function people(mark: string, letter: 'U' | 'W'): Person[] {
  return PEOPLE.map((person, index) => ({
    ...person,
    userId: `${letter}0${index + 1}${mark}`,
    email: `${person.name}@practice.example`,
  }))
}

function workspace(
  mark: string,
  name: string,
  domain: string,
  number: string,
  shared: readonly Person[] = people(`PRAC${mark}`, 'U'),
): PracticeWorkspace {
  return {
    id: `T0PRAC${mark}`,
    name,
    domain,
    number,
    people: shared,
    channels: CHANNEL_NAMES.map((channel, index) => ({
      id: `C0${index + 1}PRAC${mark}`,
      name: channel,
    })),
  }
}
