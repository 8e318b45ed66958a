import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createFakeClipboard } from '../fakes/fake-clipboard.ts'
import { createFakeKeyring } from '../fakes/fake-keyring.ts'
import { createFakeScreen } from '../fakes/fake-screen.ts'
import { freePorts } from '../main/oauth/support.ts'
import { createWatch, type Place } from '../main/rooms-fixture.ts'

/** A place as text, so that one process can name it to another. */
export interface PlaceSpec {
  readonly root: string
  readonly practicePort: number
  readonly relayPort: number
  readonly redirectPorts: readonly number[]
}

/** The variable that every write is about, and the lines around it. */
export const VARIABLE = 'SLACK_TOKEN'
export const LINES_BEFORE = Array.from({ length: 400 }, (_, index) => `BEFORE_${index}=${index}`)
export const LINES_AFTER = Array.from({ length: 400 }, (_, index) => `# after ${index}`)

/** A new folder with an env file in it. Who made it removes it. */
export async function makePlace(): Promise<PlaceSpec> {
  const root = mkdtempSync(join(tmpdir(), 'token-desk-faults-'))
  const [practicePort = 0, relayPort = 0, ...redirectPorts] = await freePorts(5)
  mkdirSync(join(root, 'home'))
  writeFileSync(envFile({ root }), envText('old'))
  return { root, practicePort, relayPort, redirectPorts }
}

export function envFile({ root }: Pick<PlaceSpec, 'root'>): string {
  return join(root, 'home', '.env')
}

export function envText(value: string): string {
  return [...LINES_BEFORE, `${VARIABLE}=${value}`, ...LINES_AFTER, ''].join('\n')
}

/** The place for the rooms, with a keyring that is the same in every process. */
export function placeOf(spec: PlaceSpec): Place {
  const { practicePort, relayPort } = spec
  return {
    ...{ practicePort, relayPort, redirectPorts: [...spec.redirectPorts], tokenLifeSeconds: null },
    home: join(spec.root, 'home'),
    dataFolder: join(spec.root, 'data'),
    keyring: {
      ...createFakeKeyring(),
      encrypt: async (plain: string) => Buffer.from(plain),
      decrypt: async (sealed: Uint8Array) => Buffer.from(sealed).toString(),
    },
    clipboard: createFakeClipboard(),
    screen: createFakeScreen(),
    watch: createWatch(),
  }
}
