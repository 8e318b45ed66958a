import { createHash, randomUUID } from 'node:crypto'
import { AppError } from '../../errors.ts'
import type { Vault } from '../../vault/vault.ts'
import { CONFIGURATION_TOKEN, configurationTokenMeta } from '../configuration-tokens-records.ts'
import { INSTALLATION, installationMeta, SLACK_APP, slackAppMeta } from '../records.ts'
import { keptRecords } from './collect.ts'
import type { BackupContent } from './content.ts'

/** What is here already: a backup is compared with it. */
export interface Here extends BackupContent {
  /**
   * The ID for a record that comes new: its own where it is of our kind and free, else one that follows
   * from it, so that the next restore finds the record again.
   */
  newId(id: string): string
}

/** Whether a record that is here came of that one, or is it. */
export function hasIdOf(here: { readonly id: string }, { id }: { readonly id: string }): boolean {
  return here.id === id || here.id === secondId(id)
}

/** Every ID that this app gives. */
const OWN_ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/

/** The vault as it is now. @throws VaultLocked */
export function hereIn(vault: Vault): Here {
  return {
    slackApps: keptRecords(vault, SLACK_APP, slackAppMeta),
    installations: keptRecords(vault, INSTALLATION, installationMeta),
    configurationTokens: keptRecords(vault, CONFIGURATION_TOKEN, configurationTokenMeta),
    newId: (id) => [id, secondId(id)].find((one) => isFree(vault, one)) ?? randomUUID(),
  }
}

/** A vault that is still to be made. */
export const NOTHING_HERE: Here = {
  slackApps: [],
  installations: [],
  configurationTokens: [],
  newId: (id) => (OWN_ID.test(id) ? id : secondId(id)),
}

/** In the shape of our own IDs. */
function secondId(id: string): string {
  const hex = createHash('sha256').update(`token-desk-restored ${id}`).digest('hex')
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
  ]
  return [...parts, hex.slice(20, 32)].join('-')
}

/** A damaged record keeps its place: it may be of use to somebody who looks into the file. */
function isFree(vault: Vault, id: string): boolean {
  if (!OWN_ID.test(id)) return false
  try {
    return vault.record(id) === null
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'VAULT_RECORD_DAMAGED') return false
    throw thrown
  }
}
