import { expect, it } from 'vitest'
import { createLineLog } from '../../../main/platform/line-log.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

it('writes time, level, event and redacted fields', () => {
  const lines: string[] = []
  const log = createLineLog({ write: (line) => lines.push(line), clock: createFakeClock() })
  log.info('vault opened')
  log.error('call failed', { code: 'VAULT_LOCKED', url: '/callback?code=12.ab&state=cd' })
  expect(lines).toEqual([
    '2026-11-23T12:00:00.000Z info vault opened',
    '2026-11-23T12:00:00.000Z error call failed {"code":"VAULT_LOCKED","url":"/callback?code=[secret]&state=[secret]"}',
  ])
})
