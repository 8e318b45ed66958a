import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../scripts/lib/paths.mjs'

const execute = promisify(execFile)

function withDesktop(script: string, env: Record<string, string> = {}) {
  const command = ['scripts/with-desktop.mjs', '--', process.execPath, '-e', script]
  return execute(process.execPath, command, { cwd: ROOT, env: { ...process.env, ...env } })
}

const REPORT = `
  const { execFileSync } = require('node:child_process')
  const bus = 'org.freedesktop.DBus'
  const call = ['--session', '--print-reply', '--dest=' + bus, '/', bus + '.NameHasOwner']
  const answer = execFileSync('dbus-send', [...call, 'string:org.freedesktop.secrets']).toString()
  const { XDG_RUNTIME_DIR, XDG_DATA_HOME, XDG_CURRENT_DESKTOP, DISPLAY, XAUTHORITY } = process.env
  console.log(JSON.stringify({
    hasSecrets: answer.includes('boolean true'),
    XDG_RUNTIME_DIR, XDG_DATA_HOME, XDG_CURRENT_DESKTOP, DISPLAY, XAUTHORITY,
    marks: Object.keys(process.env).filter((name) => name === 'TOKEN_DESK_INSIDE_DESKTOP'),
  }))`

describe.runIf(process.platform === 'linux')('with-desktop', () => {
  it('gives a private bus, keyring and display, and takes them away again', async () => {
    const { stdout } = await withDesktop(REPORT, { DISPLAY: '', WAYLAND_DISPLAY: '' })
    const seen = JSON.parse(stdout)
    expect(seen).toMatchObject({ hasSecrets: true, XDG_CURRENT_DESKTOP: 'GNOME', marks: [] })
    expect(seen.XDG_RUNTIME_DIR).not.toBe(process.env.XDG_RUNTIME_DIR)
    expect(dirname(seen.XDG_DATA_HOME)).toBe(seen.XDG_RUNTIME_DIR)
    expect(existsSync(seen.XDG_RUNTIME_DIR)).toBe(false)
    expect(existsSync(seen.XAUTHORITY)).toBe(false)
    const socket = join('/tmp/.X11-unix', `X${seen.DISPLAY.slice(1)}`)
    expect(existsSync(socket)).toBe(false)
  })

  it('leaves a display alone that is there', async () => {
    const { stdout } = await withDesktop('console.log(process.env.DISPLAY)', { DISPLAY: ':4242' })
    expect(stdout.trim()).toBe(':4242')
  })

  it('ends with the code of the command', async () => {
    await expect(withDesktop('process.exit(23)')).rejects.toMatchObject({ code: 23 })
  })
})
