import { describe, expect, it } from 'vitest'
import { appInput } from '../workspaces/workspaces-fixture.ts'
import { openHandlers } from './sharing-fixture.ts'

describe('the lines of a Slack app', () => {
  it('are copied for a web server, and cleared like any secret', async () => {
    const { handlers, slackApps, appId, clipboard, clock } = await openHandlers()
    const botScopes = ['chat:write', 'channels:history']
    await slackApps.update(appId, appInput({ botScopes, clientSecret: 'a secret with blanks' }))
    const answer = await handlers['sharing/copy-app-lines'](appId)
    expect(answer).toEqual({
      variables: ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_BOT_SCOPE'],
      clearedAfterSeconds: 30,
    })
    expect(clipboard.text.split('\n')).toEqual([
      'SLACK_CLIENT_ID=4210987654321.7788990011223',
      "SLACK_CLIENT_SECRET='a secret with blanks'",
      'SLACK_BOT_SCOPE=chat:write,channels:history',
    ])
    clock.advance(30_000)
    await expect.poll(() => clipboard.text).toBe('')
  })

  it('leave out what the app does not have', async () => {
    const { handlers, slackApps, appId, clipboard } = await openHandlers()
    const pkce = { strategy: 'pkce' as const, botScopes: [], userScopes: ['users:read'] }
    await slackApps.update(appId, appInput({ ...pkce, clientSecret: null }))
    const { variables } = await handlers['sharing/copy-app-lines'](appId)
    expect(variables).toEqual(['SLACK_CLIENT_ID'])
    expect(clipboard.text).toBe('SLACK_CLIENT_ID=4210987654321.7788990011223')
  })

  it('say so for an app that is gone', async () => {
    const { handlers } = await openHandlers()
    await expect(handlers['sharing/copy-app-lines']('x')).rejects.toMatchObject({
      code: 'SLACK_APP_NOT_FOUND',
    })
  })
})
