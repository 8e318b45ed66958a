import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../../scripts/lib/paths.mjs'
import { run, runTool } from '../../../scripts/lib/run.mjs'

const quiet = { stdio: 'ignore' } as const

/** A process that does nothing but `run` a script in plain Node. */
function runner(script: string, options: object): ChildProcess {
  const source = `
    import { run } from './scripts/lib/run.mjs'
    process.exitCode = await run(process.execPath, ['-e', ${JSON.stringify(script)}], ${JSON.stringify(options)})`
  return spawn(process.execPath, ['--input-type=module', '-e', source], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** The first thing that it says. */
async function firstWords(child: ChildProcess): Promise<string> {
  const [chunk] = child.stdout ? await once(child.stdout, 'data') : ['']
  return String(chunk)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('run', () => {
  it.each([
    ['process.exit(0)', 0],
    ['process.exit(7)', 7],
    ['process.kill(process.pid, "SIGKILL")', 137],
    ['process.kill(process.pid, "SIGTERM")', 143],
  ])('answers the code of %s', async (script, code) => {
    expect(await run(process.execPath, ['-e', script], quiet)).toBe(code)
  })

  it('says which program could not be started', async () => {
    await expect(run('no-such-program', [], quiet)).rejects.toMatchObject({
      code: 'COMMAND_NOT_STARTED',
      message: expect.stringContaining('no-such-program'),
    })
  })

  it('ends what takes longer than its limit', async () => {
    const endless = ['-e', 'setInterval(() => {}, 1000)']
    expect(await run(process.execPath, endless, { ...quiet, limitMs: 50 })).toBe(137)
  })

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('hands %s on and waits', async (signal) => {
    const script = `
      process.on('${signal}', () => setTimeout(() => process.exit(9), 50))
      setInterval(() => {}, 1000)
      console.log(process.pid)`
    const parent = runner(script, { detached: true })
    const pid = Number(await firstWords(parent))
    parent.kill(signal)
    const [code] = await once(parent, 'exit')
    expect(code).toBe(9)
    expect(isAlive(pid)).toBe(false)
  })

  it('with killGroup ends what the program left behind', async () => {
    const script = `
      const { spawn } = require('node:child_process')
      const left = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
      console.log(left.pid)
      left.unref()`
    const parent = runner(script, { killGroup: true })
    const pid = Number(await firstWords(parent))
    await once(parent, 'exit')
    await expect.poll(() => isTerminated(pid)).toBe(true)
  })
})

/** Ended, or ended and waiting to be collected: in a container nobody may collect it. */
function isTerminated(pid: number): boolean {
  return !isAlive(pid) || /^\d+ \(.*\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

describe('runTool', () => {
  it('runs the program of a package of this checkout', async () => {
    expect(await runTool('typescript', ['--version'], { ...quiet, bin: 'tsc' })).toBe(0)
  })
})
