import { sep } from 'node:path'

/** `~/code/northwind-bot/.env`: an absolute path as it is shown. */
export function displayPath(path: string, homeDirectory: string): string {
  return path.startsWith(homeDirectory + sep) ? `~${path.slice(homeDirectory.length)}` : path
}
