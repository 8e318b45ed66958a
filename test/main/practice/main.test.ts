import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeProgramConfig } from '../../../scripts/node.vite.config.mjs'

const root = resolve(import.meta.dirname, '../../..')
let folder: string
let program: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'practice-main-'))
  const config = nodeProgramConfig('practice', 'main/practice/main.ts')
  await build({ ...config, build: { ...config.build, outDir: folder } })
  program = join(folder, 'practice.js')
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Run {
  readonly child: ChildProcess
  readonly stderr: Promise<string>
  readonly exit: Promise<number | null>
}

/** Temporary folders of the program are made in `temporary`. */
function start(args: readonly string[], temporary = folder): Run {
  const env = { ...process.env, TMPDIR: temporary }
  const child = spawn(process.execPath, [program, ...args], { cwd: root, env })
  return {
    child,
    stderr: text(child.stderr),
    exit: new Promise((done) => child.once('exit', done)),
  }
}

function firstLine({ child }: Run): Promise<string> {
  return new Promise((done, fail) => {
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.endsWith('\n')) done(said)
    })
    child.once('exit', () => fail(new Error(`ended before it listened, having said ${said}`)))
  })
}

describe('the practice Slack alone', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'says one line of JSON, and ends by %s',
    async (signal) => {
      const temporary = await mkdtemp(join(tmpdir(), 'practice-tmp-'))
      const run = start(['--port', '0'], temporary)
      const line = await firstLine(run)
      const said = JSON.parse(line) as Record<string, unknown>
      expect(line.trim().split('\n')).toHaveLength(1)
      expect(said).toMatchObject({
        url: expect.stringMatching(/^http:\/\/localhost:\d+$/),
        clientId: expect.stringMatching(/^\d+\.\d+$/),
        clientSecret: expect.stringMatching(/^[0-9a-f]{32}$/),
        pkceClientId: expect.stringMatching(/^\d+\.\d+$/),
        appsUrl: `${said.url}/apps`,
        answersUrl: `${said.url}/practice/answers`,
      })
      expect((await fetch(`${said.url}/token-desk-practice`)).status).toBe(200)
      expect(await readdir(temporary)).toHaveLength(1)
      run.child.kill(signal)
      expect([await run.exit, await run.stderr]).toEqual([0, ''])
      expect(await readdir(temporary)).toEqual([])
      await rm(temporary, { recursive: true })
    },
  )

  it('keeps a folder that was named', async () => {
    const dataDir = join(folder, 'named')
    const run = start(['--port', '0', '--data-dir', dataDir])
    await firstLine(run)
    run.child.kill('SIGTERM')
    expect(await run.exit).toBe(0)
    expect(await readdir(dataDir)).toEqual(['practice.json'])
  })

  it('says in one line that the port is busy', async () => {
    const other = createServer()
    await new Promise<void>((done) => other.listen({ host: '127.0.0.1', port: 0 }, done))
    const address = other.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const run = start(['--port', `${port}`])
    expect(await run.exit).toBe(1)
    expect(await run.stderr).toBe(
      `Port ${port} is held by another program. Close that program, then try again.\n`,
    )
    await new Promise((done) => other.close(done))
  })

  it.each([['--port', 'x'], ['--port', '65536'], ['--port'], ['--prt', '1'], ['17870']])(
    'does not understand %s %s',
    async (...args) => {
      const run = start(args)
      expect(await run.exit).toBe(2)
      expect(await run.stderr).toBe(
        'Usage: npm run -s practice -- [--port N] [--data-dir DIR] [--token-life SECONDS]\n',
      )
    },
  )
})
