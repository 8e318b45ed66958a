import { describe, expect, it } from 'vitest'
import { CALLS } from '../../../main/contract/calls.ts'
import { createClipboardGuard } from '../../../main/sharing/clipboard-guard.ts'
import { sharingHandlers } from '../../../main/sharing/handlers.ts'
import { createFakeClipboard } from '../../fakes/fake-clipboard.ts'
import { git, initRepository, openSharing, TOKEN } from './sharing-fixture.ts'

async function start() {
  const desk = await openSharing()
  const clipboard = createFakeClipboard()
  const guard = createClipboardGuard({ clipboard, clock: desk.clock })
  return { ...desk, clipboard, guard, handlers: sharingHandlers({ ...desk, clipboard, guard }) }
}

/** Lets the promises that a timer started run to their end. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('the calls that share', () => {
  it('copy one env line, which is cleared after the seconds that are said', async () => {
    const { handlers, clipboard, clock, ref } = await start()
    const answer = await handlers['sharing/copy-line'](ref)
    expect(answer).toEqual({ variable: 'SLACK_BOT_TOKEN', clearedAfterSeconds: 30 })
    expect(clipboard.text).toBe(`SLACK_BOT_TOKEN=${TOKEN}`)
    clock.advance(answer.clearedAfterSeconds * 1000)
    await settled()
    expect(clipboard.text).toBe('')
  })

  it('reveal one secret, for twenty seconds', async () => {
    const { handlers, ref } = await start()
    expect(await handlers['sharing/reveal'](ref)).toEqual({ value: TOKEN, seconds: 20 })
  })

  it('answer the page no secret but the one that is revealed', async () => {
    const { handlers, ref, put, choose, read } = await start()
    put('.env', 'OTHER=hidden-placeholder-value\n')
    const fileId = await choose('.env')
    const preview = await handlers['sharing/preview-write'](ref, fileId, 'SLACK_BOT_TOKEN')
    const report = await handlers['sharing/write'](preview.id, { addToGitignore: true })
    const answers = {
      'sharing/copy-line': await handlers['sharing/copy-line'](ref),
      'sharing/preview-write': preview,
      'sharing/write': report,
      'sharing/recent-env-files': await handlers['sharing/recent-env-files'](ref),
      'sharing/choose-env-file': await handlers['sharing/choose-env-file'](ref),
      'sharing/undo-write': await handlers['sharing/undo-write'](report.writeId),
    } as const
    for (const [name, answer] of Object.entries(answers)) {
      expect(CALLS[name as keyof typeof answers].value.parse(answer)).toEqual(answer)
    }
    const seen = JSON.stringify(answers)
    expect(seen).not.toContain(TOKEN)
    expect(seen).not.toContain('hidden-placeholder-value')
    expect(read('.env')).toBe('OTHER=hidden-placeholder-value\n')
  })

  it('copy the command that takes a file out of git, as it stands in the preview', async () => {
    const desk = await start()
    initRepository(desk)
    desk.put('repo/.env', 'A=1\n')
    git(desk, 'add', '.env')
    const fileId = await desk.choose('repo/.env')
    const preview = await desk.handlers['sharing/preview-write'](desk.ref, fileId, 'A')
    await desk.handlers['sharing/copy-untrack-command'](preview.id)
    expect(desk.clipboard.text).toBe('git rm --cached .env')
  })

  it.each(['sharing/copy-line', 'sharing/reveal'] as const)(
    '%s says that the vault is locked',
    async (name) => {
      const { handlers, ref, vault, clipboard } = await start()
      vault.lock()
      const call = async () => handlers[name](ref)
      await expect(call()).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
      expect(clipboard.text).toBe('')
    },
  )

  it('say that the clipboard does not answer', async () => {
    const { handlers, ref, clipboard } = await start()
    clipboard.fail()
    const call = async () => handlers['sharing/copy-line'](ref)
    await expect(call()).rejects.toMatchObject({ code: 'CLIPBOARD_FAILED' })
  })
})
