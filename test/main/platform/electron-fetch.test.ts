import type { Session } from 'electron'
import { expect, it } from 'vitest'
import { createElectronFetch } from '../../../main/platform/electron-fetch.ts'
import { ConnectionNotTrusted } from '../../../main/platform/errors.ts'

/** A session that writes down how it is asked. */
function createSessions() {
  const asked: unknown[][] = []
  const session = {
    failure: null as Error | null,
    async setProxy(...args: unknown[]) {
      asked.push(args)
    },
    async closeAllConnections() {
      asked.push(['connections closed'])
    },
    setSpellCheckerLanguages(...args: unknown[]) {
      asked.push(args)
    },
    async fetch(...args: unknown[]) {
      asked.push(args)
      if (session.failure !== null) throw session.failure
      return new Response('ok')
    },
  }
  return {
    asked,
    session,
    fromPartition(...args: unknown[]) {
      asked.push(args)
      return session as unknown as Session
    },
  }
}

it('keeps nothing and follows nothing, whatever the caller says', async () => {
  const sessions = createSessions()
  const fetch = createElectronFetch(sessions, 'slack')
  const response = await fetch(new URL('https://slack.com/api/auth.test'), {
    method: 'POST',
    credentials: 'include',
    redirect: 'follow',
  })
  expect(await response.text()).toBe('ok')
  expect(sessions.asked).toEqual([
    ['slack', { cache: false }],
    [[]],
    [{ mode: 'system' }],
    ['https://slack.com/api/auth.test', { method: 'POST', credentials: 'omit', redirect: 'error' }],
  ])
})

it('refuses a partition that would be kept on disk', () => {
  expect(() => createElectronFetch(createSessions(), 'persist:slack')).toThrow(TypeError)
})

it('names the system’s proxy once, before the first call', async () => {
  const sessions = createSessions()
  const fetch = createElectronFetch(sessions, 'slack')
  await Promise.all([fetch('https://slack.com/a'), fetch('https://slack.com/b')])
  const modes = sessions.asked.filter(
    ([said]) => typeof said === 'object' && said !== null && 'mode' in said,
  )
  expect(modes).toEqual([[{ mode: 'system' }]])
  expect(sessions.asked.at(2)).toEqual([{ mode: 'system' }])
})

it.each([
  'net::ERR_CERT_AUTHORITY_INVALID',
  'net::ERR_CERT_COMMON_NAME_INVALID',
  'net::ERR_CERT_DATE_INVALID',
])('tells %s apart, with the host', async (name) => {
  const sessions = createSessions()
  sessions.session.failure = new Error(name)
  const fetch = createElectronFetch(sessions, 'slack')
  const failed = fetch(new URL('https://slack.test.example:8443/api/auth.test'))
  await expect(failed).rejects.toThrow(ConnectionNotTrusted)
  await expect(failed).rejects.toMatchObject({ host: 'slack.test.example:8443' })
})

it('throws every other failure as it came', async () => {
  const sessions = createSessions()
  sessions.session.failure = new Error('net::ERR_CONNECTION_REFUSED')
  const fetch = createElectronFetch(sessions, 'slack')
  await expect(fetch('https://slack.com/')).rejects.toBe(sessions.session.failure)
})

it('sends a request with a signal over a session that carries nothing else', async () => {
  const sessions = createSessions()
  const fetch = createElectronFetch(sessions, 'slack')
  const done = [new AbortController(), new AbortController(), new AbortController()] as const
  await Promise.all(done.slice(0, 2).map(({ signal }) => fetch('https://slack.com/', { signal })))
  expect(partitions()).toEqual(['slack', 'slack-1', 'slack-2'])
  done[1].abort()
  sessions.asked.length = 0
  await fetch('https://slack.com/', { signal: done[2].signal })
  expect(partitions()).toEqual([])
  expect(sessions.asked.map(([said]) => said)).toEqual(['connections closed', 'https://slack.com/'])

  function partitions(): unknown[] {
    return sessions.asked.map(([said]) => said).filter((said) => /^slack/.test(`${said}`))
  }
})

it('sends nothing once the signal is aborted', async () => {
  const sessions = createSessions()
  const fetch = createElectronFetch(sessions, 'slack')
  await expect(fetch('https://slack.com/', { signal: AbortSignal.abort() })).rejects.toThrow()
  expect(sessions.asked).not.toContainEqual(['connections closed'])
})
