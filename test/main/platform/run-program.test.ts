import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRunProgram } from '../../../main/platform/run-program.ts'

const run = createRunProgram()
const node = (script: string, args: string[] = [], limitMs = 10_000) =>
  run(process.execPath, ['-e', script, ...args], { limitMs })

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-program-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('a program', () => {
  it('that ends: exit code and what it said', async () => {
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3'
    const expected = { kind: 'ended', code: 3, stdout: 'out\n', stderr: 'err\n' }
    expect(await node(script)).toEqual(expected)
    expect(await node('')).toEqual({ kind: 'ended', code: 0, stdout: '', stderr: '' })
  })

  it('gets its arguments as they are: no shell reads them', async () => {
    const args = ['$HOME', '`id`', 'a b', '; exit 1', '*', '"', "'", '']
    const result = await node('console.log(JSON.stringify(process.argv.slice(1)))', args)
    expect(result.kind === 'ended' && JSON.parse(result.stdout)).toEqual(args)
  })

  it('that reads its standard input finds its end at once', async () => {
    const script = 'process.stdin.resume().on("end", () => console.log("end"))'
    expect(await node(script)).toMatchObject({ code: 0, stdout: 'end\n' })
  })

  it('that takes too long, or says too much, is stopped', async () => {
    expect(await node('setInterval(() => {}, 1000)', [], 300)).toEqual({ kind: 'stopped' })
    const much = 'process.stdout.write("x".repeat(3 * 1024 * 1024))'
    expect(await node(much)).toEqual({ kind: 'stopped' })
  })

  it('that is not there, or is no program, is missing', async () => {
    const file = join(folder, 'text')
    await writeFile(file, 'text')
    await chmod(file, 0o600)
    const paths = ['no-such-program', join(folder, 'none'), join(file, 'below'), file]
    for (const path of paths) {
      expect(await run(path, [], { limitMs: 5_000 })).toEqual({ kind: 'missing' })
    }
  })

  it('is looked up in the PATH that was given', async () => {
    const empty = createRunProgram({ PATH: folder })
    expect(await empty('node', ['-e', ''], { limitMs: 5_000 })).toEqual({ kind: 'missing' })
  })
})
