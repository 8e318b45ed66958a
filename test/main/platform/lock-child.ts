import { createOsLocks } from '../../../main/platform/os-locks.ts'

/** Takes the lock, says so, and holds it until it is told to go on or killed. */
const [directory = '', name = ''] = process.argv.slice(2)
const locks = createOsLocks({ directory, platform: process.platform })
const release = await locks.take(name, 10_000)
process.stdout.write('held\n')
process.stdin.once('data', () => {
  release()
  process.stdout.write('released\n')
  process.stdin.destroy()
})
