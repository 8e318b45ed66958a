import type { Session } from 'electron'
import { expect, it } from 'vitest'
import { createElectronFetch } from '../../../main/platform/electron-fetch.ts'

/** A session that writes down how it is asked. */
function createSessions() {
  const asked: unknown[][] = []
  const session = {
    async fetch(...args: unknown[]) {
      asked.push(args)
      return new Response('ok')
    },
  }
  return {
    asked,
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
    ['https://slack.com/api/auth.test', { method: 'POST', credentials: 'omit', redirect: 'error' }],
  ])
})

it('refuses a partition that would be kept on disk', () => {
  expect(() => createElectronFetch(createSessions(), 'persist:slack')).toThrow(TypeError)
})
