import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * electron-builder's hook, run before fuses and archives: takes out the default app, with which the
 * product could open any other app.
 * @param {{ appOutDir: string, packager: { getResourcesDir(appOutDir: string): string } }} context
 * @returns {Promise<void>}
 */
export async function afterPack({ appOutDir, packager }) {
  await rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true })
}
