import { execFileSync } from 'node:child_process'
import { appendFileSync, cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../main/errors.ts'
import { type App, startApp } from '../main/rooms-fixture.ts'
import { installationOf, writeEnv } from './jobs.ts'
import { leftovers } from './look-after.ts'
import { envFile, type PlaceSpec, placeOf } from './place.ts'

/**
 * Runs on a small file system of its own that is mounted at `mount`, in a mount namespace that ends with
 * this process: first full, then read-only. Answers what was lost or said wrongly.
 */
export async function fullAndReadOnlyDisk(mount: string, from: PlaceSpec): Promise<string[]> {
  const spec = { ...from, root: mount }
  for (const name of ['home', 'data']) {
    cpSync(join(from.root, name), join(mount, name), { recursive: true })
  }
  const wrong: string[] = []
  wrong.push(...(await whileNothingCanBeWritten('a full disk', spec, () => fillUp(mount))))
  wrong.push(...(await whileNothingCanBeWritten('a read-only folder', spec, () => freeze(mount))))
  return wrong
}

/** Begins a state in which nothing can be written; the returned function ends it. */
type Begin = () => () => void

async function whileNothingCanBeWritten(
  name: string,
  spec: PlaceSpec,
  begin: Begin,
): Promise<string[]> {
  const wrong: string[] = []
  const app = await startApp(placeOf(spec))
  await app.handlers['workspaces/set-note'](installationOf(app).id, `before ${name}`)
  await writeEnv(app, spec, 0)
  const env = readFileSync(envFile(spec), 'utf8')
  const end = begin()
  wrong.push(...(await refusals(app, spec)))
  if (readFileSync(envFile(spec), 'utf8') !== env) wrong.push('the env file changed')
  await app.close()
  const again = await startApp(placeOf(spec))
  if (again.vault.view.state !== 'ready') wrong.push(`the vault is ${again.vault.view.state}`)
  else if (installationOf(again).note !== `before ${name}`) wrong.push('an older vault was opened')
  end()
  if (again.vault.view.state === 'ready') {
    await again.handlers['workspaces/set-note'](installationOf(again).id, 'after')
    await writeEnv(again, spec, 1)
  }
  await again.close()
  const last = await startApp(placeOf(spec))
  if (installationOf(last).note !== 'after') wrong.push('what was saved afterwards is gone')
  await last.close()
  wrong.push(...leftovers(spec))
  return wrong.map((what) => `${name}: ${what}`)
}

/** Each act has to say that it could not be done. */
async function refusals(app: App, spec: PlaceSpec): Promise<string[]> {
  const acts = {
    'saving a note': () =>
      app.handlers['workspaces/set-note'](installationOf(app).id, 'x'.repeat(2000)),
    'writing an env file': () => writeEnv(app, spec, 1),
  }
  const wrong: string[] = []
  for (const [name, act] of Object.entries(acts)) {
    try {
      await act()
      wrong.push(`${name} was said to be done`)
    } catch (thrown) {
      if (!(thrown instanceof AppError)) wrong.push(`${name} broke: ${String(thrown)}`)
    }
  }
  return wrong
}

function fillUp(mount: string): () => void {
  const ballast = join(mount, 'ballast')
  for (const bytes of [64 * 1024, 4096, 1]) {
    try {
      for (;;) appendFileSync(ballast, Buffer.alloc(bytes))
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOSPC') throw thrown
    }
  }
  return () => rmSync(ballast)
}

/** Over itself and read-only: files that are open already, such as Activity's, do not stand in the way. */
function freeze(mount: string): () => void {
  execFileSync('mount', ['--bind', mount, mount])
  execFileSync('mount', ['-o', 'remount,ro,bind', mount])
  return () => void execFileSync('umount', ['--lazy', mount])
}
