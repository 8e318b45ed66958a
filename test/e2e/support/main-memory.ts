import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Desk } from './desk.ts'
import { removeFolder, temporaryFolder } from './desk.ts'

/** Everything that main's JavaScript still holds, after several collections. Buffers' bytes are not in it. */
export async function mainHeap(desk: Desk): Promise<Buffer> {
  const folder = await temporaryFolder('heap')
  const file = join(folder, 'main.heapsnapshot')
  try {
    await desk.app.evaluate(async (_electron, file) => {
      const { setFlagsFromString, writeHeapSnapshot } = process.getBuiltinModule('node:v8')
      setFlagsFromString('--expose-gc')
      const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void
      // What a collection lets go of may hold the next thing: each turn frees one more ring.
      for (let turn = 0; turn < 5; turn += 1) {
        collect()
        await new Promise((resolve) => setImmediate(resolve))
      }
      writeHeapSnapshot(file)
    }, file)
    return await readFile(file)
  } finally {
    await removeFolder(folder)
  }
}

const CHUNK_BYTES = 16 * 1024 * 1024

/**
 * How often these bytes stand in the memory that main's process may write to: Buffers, V8's heap, what
 * libraries copied, and what was freed and not overwritten. Linux alone; the test is the parent, which
 * may look (ptrace(2), "Ptrace access mode checking").
 */
export async function countInMemory(desk: Desk, bytes: Uint8Array): Promise<number> {
  const pid = desk.app.process().pid
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8')
  const memory = await open(`/proc/${pid}/mem`, 'r')
  let count = 0
  try {
    for (const [, from = '', to = ''] of maps.matchAll(/^([\da-f]+)-([\da-f]+) rw/gm)) {
      const end = Number.parseInt(to, 16)
      for (let at = Number.parseInt(from, 16); at < end; at += CHUNK_BYTES - bytes.length) {
        const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, end - at))
        // Parts that are mapped and were never used, or unmapped meanwhile, cannot be read.
        const { bytesRead } = await memory
          .read(chunk, 0, chunk.length, at)
          .catch(() => ({ bytesRead: 0 }))
        count += countIn(chunk.subarray(0, bytesRead), bytes)
      }
    }
  } finally {
    await memory.close()
  }
  return count
}

function countIn(chunk: Buffer, bytes: Uint8Array): number {
  let count = 0
  for (let at = chunk.indexOf(bytes); at !== -1; at = chunk.indexOf(bytes, at + 1)) count += 1
  return count
}
