import { execFileSync } from 'node:child_process'
import { chmod, chown, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addToGitignore, inspectGit } from '../../../main/env/git-guard.ts'
import { tempFolderPerTest } from './temp-folder.ts'

const folder = tempFolderPerTest()
const at = (...names: string[]) => join(folder(), ...names)
const saved = { ...process.env }

beforeEach(async () => {
  await writeFile(
    at('gitconfig'),
    '[user]\n\tname = T\n\temail = t@example.com\n[init]\n\tdefaultBranch = main\n',
  )
  process.env.GIT_CONFIG_GLOBAL = at('gitconfig')
  process.env.GIT_CONFIG_NOSYSTEM = '1'
})

afterEach(() => {
  process.env = { ...saved }
})

function git(place: string, ...args: string[]): void {
  execFileSync('git', ['-C', place, ...args], { stdio: 'ignore' })
}

async function repository(name = 'repo', gitignore: string | null = null): Promise<string> {
  await mkdir(at(name), { recursive: true })
  git(at(name), 'init')
  if (gitignore !== null) await writeFile(at(name, '.gitignore'), gitignore)
  await writeFile(at(name, '.env'), 'A=1\n')
  return at(name)
}

const state = async (path: string, options = {}) => (await inspectGit(path, options)).state

describe('inspectGit', () => {
  it.each([
    { name: 'no .gitignore', gitignore: null, expected: 'not-ignored' },
    { name: 'ignored', gitignore: '.env\n', expected: 'ignored' },
    { name: 'a pattern', gitignore: '.env*\n', expected: 'ignored' },
    { name: 'a pattern that is undone', gitignore: '.env*\n!.env\n', expected: 'not-ignored' },
    { name: 'undone, then ignored', gitignore: '!.env\n.env\n', expected: 'ignored' },
    { name: 'another name', gitignore: '.env.local\n', expected: 'not-ignored' },
    { name: 'a folder of that name', gitignore: '.env/\n', expected: 'not-ignored' },
  ])('$name: $expected', async ({ gitignore, expected }) => {
    const repo = await repository('repo', gitignore)
    const found = await inspectGit(join(repo, '.env'))
    expect(found).toEqual({
      state: expected,
      gitignore: expected === 'ignored' ? null : { path: join(repo, '.gitignore'), line: '.env' },
      untrackCommand: null,
      file: join(repo, '.env'),
    })
  })

  it('knows a file that is not there yet', async () => {
    const repo = await repository('repo', '.env.local\n')
    expect(await state(join(repo, '.env.local'))).toBe('ignored')
    expect(await state(join(repo, '.env.other'))).toBe('not-ignored')
  })

  it.each([
    { gitignore: null, line: '.env' },
    { gitignore: '.env\n', line: null },
  ])('knows a tracked file, with .gitignore $gitignore', async ({ gitignore, line }) => {
    const repo = await repository('repo', gitignore)
    git(repo, 'add', '-f', '.env')
    expect(await inspectGit(join(repo, '.env'))).toMatchObject({
      state: 'tracked',
      gitignore: line === null ? null : { line },
      untrackCommand: 'git rm --cached .env',
    })
  })

  it('quotes an unusual name in the command', async () => {
    const repo = await repository()
    await writeFile(join(repo, "-it's a.env"), '')
    git(repo, 'add', '--', "-it's a.env")
    const { untrackCommand } = await inspectGit(join(repo, "-it's a.env"))
    expect(untrackCommand).toBe("git rm --cached -- '-it'\\''s a.env'")
    execFileSync('sh', ['-c', untrackCommand ?? ''], { cwd: repo, stdio: 'ignore' })
    expect(await state(join(repo, "-it's a.env"))).toBe('not-ignored')
  })

  it('names the file from the top of the repository', async () => {
    const repo = await repository()
    await mkdir(join(repo, 'packages', 'api'), { recursive: true })
    const { gitignore } = await inspectGit(join(repo, 'packages', 'api', '.env'))
    expect(gitignore).toEqual({ path: join(repo, '.gitignore'), line: '/packages/api/.env' })
  })

  it('knows excludes from outside the repository', async () => {
    await writeFile(at('excludes'), '.env\n')
    git(at(), 'config', '--file', at('gitconfig'), 'core.excludesFile', at('excludes'))
    expect(await state(join(await repository(), '.env'))).toBe('ignored')
    const other = await repository('other')
    await writeFile(join(other, '.git', 'info', 'exclude'), '.envrc\n')
    expect(await state(join(other, '.envrc'))).toBe('ignored')
  })

  it('is outside where there is no repository', async () => {
    await writeFile(at('.env'), '')
    expect(await inspectGit(at('.env'))).toEqual({
      state: 'outside',
      gitignore: null,
      untrackCommand: null,
      file: at('.env'),
    })
  })

  it('asks the innermost repository', async () => {
    const outer = await repository('outer', 'inner\n.env\n')
    const inner = await repository('outer/inner')
    expect(await state(join(outer, '.env'))).toBe('ignored')
    expect(await state(join(inner, '.env'))).toBe('not-ignored')
  })

  it('knows a submodule and a linked work tree', async () => {
    const inner = await repository('inner', '.env\n')
    git(inner, 'add', '.gitignore')
    git(inner, 'commit', '-m', 'x')
    const outer = await repository('outer')
    git(outer, '-c', 'protocol.file.allow=always', 'submodule', 'add', inner, 'sub')
    expect(await state(join(outer, 'sub', '.env'))).toBe('ignored')
    expect((await inspectGit(join(outer, 'sub', '.env.x'))).gitignore?.path).toBe(
      join(outer, 'sub', '.gitignore'),
    )
    git(inner, 'worktree', 'add', at('tree'))
    expect(await state(at('tree', '.env'))).toBe('ignored')
    expect(await state(at('tree', '.env.x'))).toBe('not-ignored')
  })

  it('takes the more dangerous of a link and its file', async () => {
    const safe = await repository('safe', '.env\n')
    const open = await repository('open')
    await symlink(join(open, '.env'), at('link'))
    expect(await inspectGit(at('link'))).toMatchObject({
      state: 'not-ignored',
      file: join(open, '.env'),
    })
    await symlink(join(safe, '.env'), join(open, '.linked'))
    expect(await inspectGit(join(open, '.linked'))).toMatchObject({
      state: 'not-ignored',
      file: join(open, '.linked'),
    })
    await symlink(join(safe, '.env'), at('safe-link'))
    expect(await state(at('safe-link'))).toBe('ignored')
  })

  it('follows a linked folder', async () => {
    const repo = await repository()
    await symlink(repo, at('folder-link'))
    expect(await state(at('folder-link', '.env'))).toBe('not-ignored')
  })

  it('takes names for names, not patterns', async () => {
    const repo = await repository('repo', '\\*.env\n')
    await writeFile(join(repo, 'a.env'), '')
    git(repo, 'add', 'a.env')
    expect(await state(join(repo, '*.env'))).toBe('ignored')
    expect(await state(join(repo, ':(glob)*.env'))).toBe('not-ignored')
  })
})

describe('what git does not answer is unknown', () => {
  it('no git', async () => {
    const repo = await repository('repo', '.env\n')
    expect(await state(join(repo, '.env'), { git: at('no-such-git') })).toBe('unknown')
    expect(await state(at('.env'), { git: at('no-such-git') })).toBe('unknown')
  })

  it.each([
    { name: 'fails', script: 'exit 3' },
    { name: 'dies', script: 'kill -9 $$' },
    { name: 'never ends', script: 'exec sleep 60' },
  ])(
    'a git that $name',
    async ({ script }) => {
      const repo = await repository('repo', '.env\n')
      await writeFile(at('git'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
      expect(await state(join(repo, '.env'), { git: at('git') })).toBe('unknown')
    },
    15_000,
  )

  it.runIf(process.getuid?.() === 0)('a repository of another owner', async () => {
    const repo = await repository('repo', '.env\n')
    await chown(repo, 12_345, 12_345)
    await chown(join(repo, '.git'), 12_345, 12_345)
    expect(await state(join(repo, '.env'))).toBe('unknown')
  })

  it.each([
    { name: 'no HEAD', damage: (repo: string) => writeFile(join(repo, '.git', 'HEAD'), 'garbage') },
    {
      name: 'config that is none',
      damage: (repo: string) => writeFile(join(repo, '.git', 'config'), '[[['),
    },
    {
      name: 'index that is none',
      damage: (repo: string) => writeFile(join(repo, '.git', 'index'), 'garbage'),
    },
  ])('a damaged repository: $name', async ({ damage }) => {
    const repo = await repository('repo', '.env\n')
    await damage(repo)
    expect(await state(join(repo, '.env'))).toBe('unknown')
  })

  it('a bare repository', async () => {
    await mkdir(at('bare'))
    git(at('bare'), 'init', '--bare')
    expect(await state(at('bare', '.env'))).toBe('unknown')
  })

  it('a place inside .git', async () => {
    const repo = await repository()
    expect(await state(join(repo, '.git', '.env'))).toBe('unknown')
    expect(await state(join(repo, '.git', 'info', 'exclude'))).toBe('unknown')
  })

  it('a folder that is not there', async () => {
    expect(await state(at('gone', '.env'))).toBe('unknown')
  })
})

describe('nothing of the repository is run', () => {
  it.each([
    { name: 'fsmonitor', keys: ['core.fsmonitor'] },
    {
      name: 'ssh, credential helper, pager, editor',
      keys: ['core.sshCommand', 'credential.helper', 'core.pager', 'core.editor', 'core.askPass'],
    },
    { name: 'filters', keys: ['filter.x.clean', 'filter.x.smudge', 'filter.x.process'] },
  ])('$name', async ({ keys }) => {
    const repo = await repository('repo', '.env\n')
    await writeFile(join(repo, '.gitattributes'), '* filter=x\n')
    git(repo, 'add', '-f', '.gitignore')
    const marker = at('marker')
    await writeFile(at('run-me'), `#!/bin/sh\necho ran >> '${marker}'\n`, { mode: 0o755 })
    for (const key of keys) git(repo, 'config', key, at('run-me'))
    const found = await inspectGit(join(repo, '.env.other'))
    await addToGitignore(found)
    expect(found.state).toBe('not-ignored')
    expect(await readdir(folder())).not.toContain('marker')
  })

  it('hooks, which this repository would run otherwise', async () => {
    const repo = await repository()
    await mkdir(at('hooks'))
    for (const hook of ['post-index-change', 'fsmonitor-watchman', 'reference-transaction']) {
      await writeFile(at('hooks', hook), `#!/bin/sh\necho ran >> '${at('marker')}'\n`, {
        mode: 0o755,
      })
    }
    git(repo, 'config', 'core.hooksPath', at('hooks'))
    git(repo, 'add', '.env')
    expect(await readFile(at('marker'), 'utf8')).toContain('ran')
    await writeFile(at('marker'), '')
    expect(await state(join(repo, '.env'))).toBe('tracked')
    expect(await readFile(at('marker'), 'utf8')).toBe('')
  })

  it('fsmonitor, which this repository would run otherwise', async () => {
    const repo = await repository()
    await writeFile(at('run-me'), `#!/bin/sh\necho ran >> '${at('marker')}'\n`, { mode: 0o755 })
    git(repo, 'config', 'core.fsmonitor', at('run-me'))
    git(repo, 'status')
    expect(await readFile(at('marker'), 'utf8')).toContain('ran')
    await writeFile(at('marker'), '')
    await inspectGit(join(repo, '.env'))
    expect(await readFile(at('marker'), 'utf8')).toBe('')
  })

  it('nor does the environment of the caller lead elsewhere', async () => {
    const repo = await repository()
    const other = await repository('other', '.env\n')
    process.env.GIT_DIR = join(other, '.git')
    process.env.GIT_WORK_TREE = other
    process.env.GIT_INDEX_FILE = join(other, 'index')
    process.env.GIT_CEILING_DIRECTORIES = folder()
    expect(await inspectGit(join(repo, '.env'))).toMatchObject({
      state: 'not-ignored',
      file: join(repo, '.env'),
    })
  })

  it('nor is anything in the repository touched', async () => {
    const repo = await repository()
    git(repo, 'add', '.env')
    const index = await readFile(join(repo, '.git', 'index'))
    await chmod(join(repo, '.env'), 0o755)
    await inspectGit(join(repo, '.env'))
    expect(await readFile(join(repo, '.git', 'index'))).toEqual(index)
  })
})

describe('addToGitignore', () => {
  it.each([
    { name: 'new file', gitignore: null, expected: '.env\n' },
    { name: 'at the end', gitignore: 'node_modules\n', expected: 'node_modules\n.env\n' },
    { name: 'no final newline', gitignore: 'dist', expected: 'dist\n.env\n' },
    { name: 'CRLF', gitignore: 'dist\r\n', expected: 'dist\r\n.env\r\n' },
    { name: 'undone further up', gitignore: '.env\n!.env\n', expected: '.env\n!.env\n.env\n' },
  ])('$name', async ({ gitignore, expected }) => {
    const repo = await repository('repo', gitignore)
    const inspection = await inspectGit(join(repo, '.env'))
    await addToGitignore(inspection)
    await addToGitignore(inspection)
    expect(await readFile(join(repo, '.gitignore'), 'utf8')).toBe(expected)
    expect(await state(join(repo, '.env'))).toBe('ignored')
  })

  it.each(['#a.env', '!a.env', 'a b .env ', 'a*?[x].env', 'a\\b.env', 'grün.env'])(
    'ignores exactly %j',
    async (name) => {
      const repo = await repository()
      await addToGitignore(await inspectGit(join(repo, name)))
      expect(await state(join(repo, name))).toBe('ignored')
      expect(await state(join(repo, 'axyx.env'))).toBe('not-ignored')
    },
  )

  it('ignores one file in a folder below', async () => {
    const repo = await repository()
    await mkdir(join(repo, 'api'))
    await addToGitignore(await inspectGit(join(repo, 'api', '.env')))
    expect(await state(join(repo, 'api', '.env'))).toBe('ignored')
    expect(await state(join(repo, '.env'))).toBe('not-ignored')
  })

  it('does nothing where there is nothing to add', async () => {
    const repo = await repository('repo', '.env\n')
    await addToGitignore(await inspectGit(join(repo, '.env')))
    expect(await readFile(join(repo, '.gitignore'), 'utf8')).toBe('.env\n')
  })

  it.each([
    { name: 'a folder', make: (path: string) => mkdir(path) },
    { name: 'a link', make: (path: string) => symlink('elsewhere', path) },
    { name: 'read-only', make: (path: string) => writeFile(path, '', { mode: 0o444 }) },
  ])('refuses a .gitignore that is $name', async ({ make }) => {
    const repo = await repository()
    await make(join(repo, '.gitignore'))
    const adding = addToGitignore(await inspectGit(join(repo, '.env')))
    await expect(adding).rejects.toMatchObject({ code: 'ENV_GITIGNORE_FAILED' })
  })

  it('says so when a deeper rule undoes the line', async () => {
    const repo = await repository()
    await mkdir(join(repo, 'api'))
    await writeFile(join(repo, 'api', '.gitignore'), '!.env\n')
    const adding = addToGitignore(await inspectGit(join(repo, 'api', '.env')))
    await expect(adding).rejects.toMatchObject({ code: 'ENV_GITIGNORE_FAILED' })
  })
})
