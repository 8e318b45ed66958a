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

it.each([
  { level: 'error', said: ['error'] },
  { level: 'info', said: ['info', 'error'] },
  { level: 'debug', said: ['debug', 'info', 'error'] },
  { level: undefined, said: ['info', 'error'] },
] as const)('at the level $level says $said', ({ level, said }) => {
  const lines: string[] = []
  const clock = createFakeClock()
  const log = createLineLog({ write: (line) => lines.push(line), clock, ...(level && { level }) })
  log.debug('a')
  log.info('a', { token: 'b' })
  log.error('a')
  expect(lines.map((line) => line.split(' ')[1])).toEqual(said)
  expect(lines.join()).not.toContain('"b"')
})
