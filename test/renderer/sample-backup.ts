import type { RestorePreview, RestoreRow } from '../../main/contract/views.ts'
import { SAMPLE_NOW_MS } from './sample-snapshot.ts'

const SLACK = { ref: { kind: 'slack' }, label: 'slack.com', host: 'slack.com' } as const
const GOV = { ref: { kind: 'govslack' }, label: 'GovSlack', host: 'slack-gov.com' } as const

export function sampleRestoreRow(over: Partial<RestoreRow> = {}): RestoreRow {
  return {
    id: 'row-northwind',
    of: 'installation',
    name: 'Northwind Test',
    detail: 'T0C4Q7ZL2',
    environment: SLACK,
    action: 'new',
    credentialCount: 3,
    storedCount: 3,
    staleCount: 0,
    ...over,
  }
}

/** Six entries of every kind: four workspaces and apps that change, two that stay. */
export function sampleRestorePreview(over: Partial<RestorePreview> = {}): RestorePreview {
  return {
    backupId: 'backup-1',
    fileName: 'token-desk-2026-11-20.tdbackup',
    createdAtMs: SAMPLE_NOW_MS - 3 * 24 * 60 * 60_000,
    rows: [
      sampleRestoreRow({ staleCount: 2 }),
      sampleRestoreRow({
        id: 'row-harbor',
        name: 'Harbor Gov Test',
        detail: 'T0HARB0R1',
        environment: GOV,
        credentialCount: 1,
        storedCount: 1,
      }),
      sampleRestoreRow({
        id: 'row-app',
        of: 'slack-app',
        name: 'Standup Bot',
        detail: '4210987654.4598762103',
        credentialCount: 2,
        storedCount: 2,
      }),
      sampleRestoreRow({
        id: 'row-acme',
        name: 'Acme Sandbox',
        detail: 'T0AC7Q1KL',
        action: 'update',
        credentialCount: 3,
        storedCount: 1,
        staleCount: 1,
      }),
      sampleRestoreRow({
        id: 'row-fabrikam',
        name: 'Fabrikam Dev',
        detail: 'T0FABRKM1',
        action: 'keep',
        credentialCount: 1,
        storedCount: 0,
      }),
      sampleRestoreRow({
        id: 'row-configuration',
        of: 'configuration-token',
        name: 'Northwind Test',
        detail: 'T0C4Q7ZL2',
        action: 'keep',
        credentialCount: 2,
        storedCount: 0,
      }),
    ],
    needsNewVault: false,
    ...over,
  }
}
