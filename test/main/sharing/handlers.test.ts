import { describe, expect, it } from 'vitest'
import { CALLS } from '../../../main/contract/calls.ts'
import { UserCheckFailed } from '../../../main/platform/errors.ts'
import { git, initRepository, openHandlers, TOKEN, tokenOf } from './sharing-fixture.ts'

/** Lets the promises that a timer started run to their end. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('the calls that share', () => {
  it('copy one env line, which is cleared after the seconds that are said', async () => {
    const { handlers, clipboard, clock, ref } = await openHandlers()
    const answer = await handlers['sharing/copy-line'](ref)
    expect(answer).toEqual({ variable: 'SLACK_BOT_TOKEN', clearedAfterSeconds: 30 })
    expect(clipboard.text).toBe(`SLACK_BOT_TOKEN=${TOKEN}`)
    clock.advance(answer.clearedAfterSeconds * 1000)
    await settled()
    expect(clipboard.text).toBe('')
  })

  it('reveal one secret, for twenty seconds', async () => {
    const { handlers, ref } = await openHandlers()
    expect(await handlers['sharing/reveal'](ref)).toEqual({ value: TOKEN, seconds: 20 })
  })

  it('answer the page no secret but the one that is revealed', async () => {
    const { handlers, ref, put, choose, read } = await openHandlers()
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
    const desk = await openHandlers()
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
      const { handlers, ref, vault, clipboard } = await openHandlers()
      vault.lock()
      const call = async () => handlers[name](ref)
      await expect(call()).rejects.toMatchObject({ code: 'VAULT_LOCKED' })
      expect(clipboard.text).toBe('')
    },
  )

  it('say that the clipboard does not answer', async () => {
    const { handlers, ref, clipboard } = await openHandlers()
    clipboard.fail()
    const call = async () => handlers['sharing/copy-line'](ref)
    await expect(call()).rejects.toMatchObject({ code: 'CLIPBOARD_FAILED' })
  })
})

/** A token as Slack gives it in place of the one that was about to end. */
const FRESH = tokenOf('fr3sh')

describe('before a secret leaves', () => {
  it('is copied after the seconds that the user chose', async () => {
    const { handlers, ref, chosen } = await openHandlers()
    chosen.seconds = 120
    expect(await handlers['sharing/copy-line'](ref)).toMatchObject({ clearedAfterSeconds: 120 })
  })

  it.each(['sharing/copy-line', 'sharing/reveal'] as const)(
    '%s hands out the token that was refreshed for it',
    async (name) => {
      const { handlers, ref, rotation, storeBot, clipboard } = await openHandlers()
      rotation.answer = () => storeBot(FRESH)
      const answer = await handlers[name](ref)
      expect(rotation.asked).toEqual([ref])
      const seen = name === 'sharing/reveal' ? JSON.stringify(answer) : clipboard.text
      expect(seen).toContain(FRESH)
      expect(seen).not.toContain(TOKEN)
    },
  )

  it.each(['sharing/copy-line', 'sharing/reveal'] as const)(
    '%s hands out nothing when a token that has ended cannot be refreshed',
    async (name) => {
      const { handlers, ref, rotation, clipboard, screen } = await openHandlers()
      rotation.answer = () => Promise.reject(new UserCheckFailed())
      const call = async () => handlers[name](ref)
      await expect(call()).rejects.toMatchObject({ code: 'USER_CHECK_FAILED' })
      expect(clipboard.text).toBe('')
      expect(screen.isHidden).toBe(false)
    },
  )

  it('previews and writes the token that was refreshed for it', async () => {
    const { handlers, ref, rotation, storeBot, choose, put, read } = await openHandlers()
    put('.env', 'A=1\n')
    const fileId = await choose('.env')
    rotation.answer = () => storeBot(FRESH)
    const preview = await handlers['sharing/preview-write'](ref, fileId, 'A')
    expect(preview.lines.find(({ sign }) => sign === 'added')?.text).toBe('A=xoxb-…r3sh')
    rotation.answer = async () => null
    await handlers['sharing/write'](preview.id, { addToGitignore: false })
    expect(read('.env')).toBe(`A=${FRESH}\n`)
  })
})

describe('the user check', () => {
  it.each(['sharing/copy-line', 'sharing/reveal'] as const)(
    'refuses %s before anything is asked or handed out',
    async (name) => {
      const { handlers, ref, userCheck, rotation, clipboard, screen } = await openHandlers()
      userCheck.refusal = new UserCheckFailed()
      const call = async () => handlers[name](ref)
      await expect(call()).rejects.toMatchObject({ code: 'USER_CHECK_FAILED' })
      expect([clipboard.text, screen.isHidden, rotation.asked]).toEqual(['', false, []])
    },
  )

  it.each(['sharing/copy-line', 'sharing/reveal'] as const)(
    'is asked again by %s after Slack took its time',
    async (name) => {
      const { handlers, ref, userCheck, rotation, clipboard, screen } = await openHandlers()
      rotation.answer = async () => {
        userCheck.refusal = new UserCheckFailed()
      }
      const call = async () => handlers[name](ref)
      await expect(call()).rejects.toMatchObject({ code: 'USER_CHECK_FAILED' })
      expect([clipboard.text, screen.isHidden]).toEqual(['', false])
    },
  )

  it('refuses the lines of a Slack app', async () => {
    const { handlers, appId, userCheck, clipboard } = await openHandlers()
    userCheck.refusal = new UserCheckFailed()
    const call = async () => handlers['sharing/copy-app-lines'](appId)
    await expect(call()).rejects.toMatchObject({ code: 'USER_CHECK_FAILED' })
    expect(clipboard.text).toBe('')
  })

  it('lets a masked preview pass, and refuses the write', async () => {
    const { handlers, ref, userCheck, choose, put, read } = await openHandlers()
    put('.env', 'A=1\n')
    userCheck.refusal = new UserCheckFailed()
    const preview = await handlers['sharing/preview-write'](ref, await choose('.env'), 'A')
    const call = async () => handlers['sharing/write'](preview.id, { addToGitignore: false })
    await expect(call()).rejects.toMatchObject({ code: 'USER_CHECK_FAILED' })
    expect(read('.env')).toBe('A=1\n')
  })
})

describe('a page that asks in a loop', () => {
  it.each([
    ['sharing/reveal', 10],
    ['sharing/copy-line', 30],
  ] as const)('%s is answered %i times a minute', async (name, most) => {
    const { handlers, ref, clock, clipboard } = await openHandlers()
    const call = async () => handlers[name](ref)
    for (let count = 0; count < most; count += 1) await call()
    await clipboard.clear()
    clock.advance(20_000)
    await expect(call()).rejects.toMatchObject({
      code: 'SHARING_TOO_OFTEN',
      advice: 'Wait 40 s, then try again. If it was not you, lock Token Desk.',
    })
    expect(clipboard.text).toBe('')
    clock.advance(40_000)
    await call()
  })

  it('does not get more through the lines of Slack apps', async () => {
    const { handlers, ref, appId } = await openHandlers()
    for (let count = 0; count < 30; count += 1) await handlers['sharing/copy-line'](ref)
    const call = async () => handlers['sharing/copy-app-lines'](appId)
    await expect(call()).rejects.toMatchObject({ code: 'SHARING_TOO_OFTEN' })
  })
})

it('keeps the window out of screenshots while a secret is shown, and not after', async () => {
  const { handlers, ref, clock, screen } = await openHandlers()
  const { seconds } = await handlers['sharing/reveal'](ref)
  clock.advance(seconds * 1000)
  expect(screen.isHidden).toBe(true)
  clock.advance(2_000)
  expect(screen.isHidden).toBe(false)
})
