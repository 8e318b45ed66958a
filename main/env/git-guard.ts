import { lstat, readlink, realpath } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { GitView } from '../contract/views.ts'
import { EnvFileError, systemCode } from './errors.ts'
import { addIgnoreLine, ignoreLine } from './gitignore.ts'
import { runGit } from './run-git.ts'

/** What git says of one file. `gitView` of the contract, with real paths. */
export interface GitInspection {
  readonly state: GitView['state']
  /** The .gitignore at the top of the repository and the line it would get; null where there is nothing to add. */
  readonly gitignore: { readonly path: string; readonly line: string } | null
  /** To be run in the file's folder; null unless git tracks the file. */
  readonly untrackCommand: string | null
  /** The file that this is about: the link or the file it leads to, whichever is in more danger. */
  readonly file: string
}

export interface GitOptions {
  /** The git program; `git` from PATH unless told. */
  readonly git?: string
}

/** From the worst on. What git did not answer ranks above what it said is safe. */
const BY_DANGER = ['tracked', 'not-ignored', 'unknown', 'ignored', 'outside'] as const

/** How many symbolic links are followed, as on Linux. */
const MAX_LINKS = 40

/**
 * Asks git whether a commit could publish the file. Looks at the place of every link on the way and at
 * the file itself, and answers for the one in most danger. The file need not exist.
 *
 * Only exit codes decide. A repository that git refuses to read (another owner, damaged, bare), a place
 * inside `.git`, a missing git and a git that does not answer in time are `unknown`, never safe.
 */
export async function inspectGit(path: string, options: GitOptions = {}): Promise<GitInspection> {
  const git = options.git ?? 'git'
  const found: GitInspection[] = []
  for (const place of await placesOf(resolve(path))) found.push(await inspectPlace(git, place))
  const worst = BY_DANGER.flatMap((state) => found.filter((one) => one.state === state))[0]
  return worst ?? unknown(path)
}

/**
 * Adds the line of an inspection to its .gitignore, and asks git whether that was enough. Does nothing
 * where the inspection has no line to add, or git ignores the file by now.
 *
 * @throws EnvFileError ENV_GITIGNORE_FAILED
 */
export async function addToGitignore(
  inspection: GitInspection,
  options: GitOptions = {},
): Promise<void> {
  const { gitignore, file } = inspection
  if (gitignore === null) return
  const isIgnored = async () =>
    (await checkIgnore(options.git ?? 'git', dirname(file), basename(file))) === 0
  if (await isIgnored()) return
  await addIgnoreLine(gitignore.path, gitignore.line)
  if (!(await isIgnored())) throw new EnvFileError('ENV_GITIGNORE_FAILED')
}

async function inspectPlace(git: string, file: string): Promise<GitInspection> {
  const folder = await folderOf(file)
  if (folder === null || folder.split(sep).some((part) => part.toLowerCase() === '.git')) {
    return unknown(file)
  }
  const place = join(folder, basename(file))
  const top = await runGit(git, folder, ['rev-parse', '--show-toplevel'])
  if (top.exitCode === null) return unknown(place)
  if (top.exitCode !== 0)
    return (await hasRepositoryAbove(folder)) ? unknown(place) : outside(place)
  return inspectInside(git, place, top.output.replace(/\r?\n$/, ''))
}

async function inspectInside(git: string, file: string, top: string): Promise<GitInspection> {
  const name = basename(file)
  const args = ['--literal-pathspecs', 'ls-files', '--error-unmatch', '--', name]
  const tracked = await runGit(git, dirname(file), args)
  const ignored = await checkIgnore(git, dirname(file), name)
  if (tracked.exitCode === 0) {
    return {
      state: 'tracked',
      gitignore: ignored === 0 ? null : await suggestion(file, top),
      untrackCommand: `git rm --cached ${forShell(name)}`,
      file,
    }
  }
  if (tracked.exitCode !== 1) return unknown(file)
  if (ignored === 0) return { state: 'ignored', gitignore: null, untrackCommand: null, file }
  if (ignored !== 1) return unknown(file)
  const gitignore = await suggestion(file, top)
  return { state: 'not-ignored', gitignore, untrackCommand: null, file }
}

/**
 * 0 ignored, 1 not; `--no-index` so that a tracked file is asked about its rules as well. This command
 * takes names, no patterns, but for a colon in front.
 */
async function checkIgnore(git: string, folder: string, name: string): Promise<number | null> {
  const args = ['check-ignore', '--quiet', '--no-index', '--', `./${name}`]
  return (await runGit(git, folder, args)).exitCode
}

async function suggestion(file: string, top: string): Promise<GitInspection['gitignore']> {
  const root = await realpath(top)
  const line = ignoreLine(relative(root, file).split(sep))
  return line === null ? null : { path: join(root, '.gitignore'), line }
}

function unknown(file: string): GitInspection {
  return { state: 'unknown', gitignore: null, untrackCommand: null, file }
}

function outside(file: string): GitInspection {
  return { state: 'outside', gitignore: null, untrackCommand: null, file }
}

/** The path and, where it is a link, all that it leads through. */
async function placesOf(path: string): Promise<string[]> {
  const places = [path]
  let at = path
  while (places.length <= MAX_LINKS) {
    const target = await linkTarget(at)
    if (target === null) return places
    at = resolve((await folderOf(at)) ?? dirname(at), target)
    places.push(at)
  }
  return places
}

async function linkTarget(path: string): Promise<string | null> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : null
  } catch (thrown) {
    // Not there or not to be seen: then git is asked about the place as it is.
    if (systemCode(thrown) !== undefined) return null
    throw thrown
  }
}

async function folderOf(file: string): Promise<string | null> {
  try {
    return await realpath(dirname(file))
  } catch (thrown) {
    if (systemCode(thrown) !== undefined) return null
    throw thrown
  }
}

/** Tells "in no repository" from "git refuses to read it", which git ends alike (exit code 128). */
async function hasRepositoryAbove(folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    if (await mayExist(join(at, '.git'))) return true
    const isBare = (await mayExist(join(at, 'HEAD'))) && (await mayExist(join(at, 'objects')))
    if (isBare) return true
    if (dirname(at) === at) return false
  }
}

async function mayExist(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (thrown) {
    // What may not be looked at may be there.
    const code = systemCode(thrown)
    return code !== 'ENOENT' && code !== 'ENOTDIR'
  }
}

function forShell(name: string): string {
  const plain = /^[\w.][\w.@%+=:,-]*$/.test(name)
  return plain ? name : `-- '${name.replaceAll("'", "'\\''")}'`
}
