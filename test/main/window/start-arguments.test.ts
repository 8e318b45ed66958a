import { describe, expect, it } from 'vitest'
import { parseStartArguments } from '../../../main/window/start-arguments.ts'

describe('parseStartArguments', () => {
  it.each([
    { name: 'nothing', argv: [], profile: null },
    { name: 'two words', argv: ['.', '--profile', 'here'], profile: 'here' },
    { name: 'one word', argv: ['--profile=here'], profile: 'here' },
    { name: 'no value', argv: ['--profile'], profile: null },
    { name: 'an empty value', argv: ['--profile='], profile: null },
    { name: 'a switch for a value', argv: ['--profile', '--no-sandbox'], profile: null },
  ])('$name', ({ argv, profile }) => {
    expect(parseStartArguments(argv).profile).toBe(profile)
  })

  it.each([
    { argv: [], logLevel: 'info' },
    { argv: ['.', '--log-level', 'debug'], logLevel: 'debug' },
    { argv: ['--log-level=error', '--profile=here'], logLevel: 'error' },
    { argv: ['--log-level'], logLevel: 'info' },
    { argv: ['--log-level', 'everything'], logLevel: 'info' },
    { argv: ['--log-level', '--profile', 'debug'], logLevel: 'info' },
  ])('$argv: level $logLevel', ({ argv, logLevel }) => {
    expect(parseStartArguments(argv).logLevel).toBe(logLevel)
  })
})
