import type { LeftBehind } from '../contract/views.ts'
import { deleteEverything } from '../workspaces/delete-everything.ts'
import { untrustEverywhere } from '../workspaces/untrust-everywhere.ts'
import type { Authorizing } from './build-authorize.ts'
import type { Ground } from './build-ground.ts'
import type { Outside } from './outside.ts'

/** "Delete everything here". */
export interface Deleting {
  readonly run: () => Promise<LeftBehind[]>
  /** From then on there is nothing to do but to quit. */
  readonly isBegun: () => boolean
}

/** @param closeRooms ends what waits, and locks the vault for good */
export function createDeleting(
  { session, authorizing }: Ground & { readonly authorizing: Authorizing },
  { dataFolder, keyring, removeKeyringItem, endWriting }: Outside,
  closeRooms: () => Promise<void>,
): Deleting {
  let isBegun = false
  return {
    async run() {
      isBegun = true
      // Asked beforehand: looking may make the item anew.
      const mayHaveItem = session.view.protection === 'keyring' || (await keyring.isAvailable())
      return deleteEverything({
        dataFolder,
        untrust: () => untrustEverywhere(authorizing.trust),
        async close() {
          await closeRooms()
          await endWriting()
        },
        // Without any keyring there is no item that could have been left.
        removeKeyringItem: async () => (await removeKeyringItem()) || !mayHaveItem,
      })
    },
    isBegun: () => isBegun,
  }
}
