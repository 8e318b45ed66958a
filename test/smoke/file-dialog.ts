import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'playwright/test'

const run = promisify(execFile)

/** Answers the system's own file dialog as a user would: types the path and presses Enter. */
export async function answerFileDialog(title: string, path: string): Promise<void> {
  const window = await windowNamed(title)
  // The dialog may not take keys the moment it is seen: typed again until it has gone.
  await expect(async () => {
    // Without a window manager nobody gives the keyboard to a new window.
    await run('xdotool', ['windowfocus', '--sync', window])
    await run('xdotool', ['key', 'ctrl+a'])
    await run('xdotool', ['type', '--delay', '5', path])
    await run('xdotool', ['key', 'Return'])
    await expect.poll(() => windowsNamed(title), { timeout: 2000 }).toEqual([])
  }).toPass({ timeout: 20_000 })
}

async function windowNamed(title: string): Promise<string> {
  await expect.poll(() => windowsNamed(title)).toHaveLength(1)
  return (await windowsNamed(title))[0] ?? ''
}

/** `xdotool search` ends with 1 where it finds nothing. */
async function windowsNamed(title: string): Promise<string[]> {
  const { stdout } = await run('xdotool', [
    'search',
    '--onlyvisible',
    '--name',
    `^${title}$`,
  ]).catch(() => ({ stdout: '' }))
  return stdout.split('\n').filter((line) => line !== '')
}
