import type { Page } from 'playwright/test'

/**
 * What the page still holds: its whole JavaScript heap after a collection (every world in it), its
 * document, what stands in its fields, and its storage.
 */
export async function pageMemory(page: Page): Promise<Buffer> {
  const chunks: string[] = []
  const session = await page.context().newCDPSession(page)
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  await session.send('HeapProfiler.enable')
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return Buffer.from([chunks.join(''), await page.evaluate(visibleState)].join('\n'))
}

function visibleState(): string {
  const fields = [...document.querySelectorAll('input, textarea')] as HTMLInputElement[]
  return JSON.stringify([
    document.documentElement.outerHTML,
    document.title,
    location.href,
    fields.map((field) => field.value),
    { ...localStorage },
    { ...sessionStorage },
    history.state,
    performance.getEntries().map((entry) => entry.name),
  ])
}
