import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Failure } from '../../../main/contract/errors.ts'
import { SaidTry, usePassphraseTry, waitWords } from '../../../renderer/app/passphrase-try.tsx'
import { fail } from '../fake-api.ts'
import { SAMPLE_NOW_MS } from '../sample-snapshot.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: SAMPLE_NOW_MS })
})
afterEach(() => {
  vi.useRealTimers()
})

function Shows(props: { readonly failure: Failure | null; readonly retryAtMs?: number | null }) {
  const { problem, wait, said } = usePassphraseTry(props.failure, props.retryAtMs ?? null)
  return (
    <>
      <p data-testid="problem">{problem}</p>
      <p data-testid="wait">{wait}</p>
      <SaidTry said={said} />
    </>
  )
}

const shown = (id: string) => screen.getByTestId(id).textContent
const said = () => screen.getByRole('status').textContent
const pass = (ms: number) => act(async () => vi.advanceTimersByTime(ms))
const wrong = (retryAtMs?: number): Failure =>
  fail('VAULT_WRONG_PASSPHRASE', {
    message: 'This is not the passphrase',
    advice: 'Check Caps Lock and the keyboard layout, then try again.',
    ...(retryAtMs !== undefined && { retryAtMs }),
  }).failure

it('says a wrong passphrase as main does where nothing has to be waited for', () => {
  render(<Shows failure={wrong()} />)
  const words =
    'This is not the passphrase. Check Caps Lock and the keyboard layout, then try again.'
  expect([shown('problem'), shown('wait'), said()]).toEqual([words, '', words])
})

it('counts down each second, and speaks at the start and at the end alone', async () => {
  render(<Shows failure={wrong(SAMPLE_NOW_MS + 3500)} />)
  const first = said()
  expect(first).toContain('you can try again in 4 s.')
  const waits = [shown('wait')]
  for (const ms of [500, 1000, 1000]) {
    await pass(ms)
    waits.push(shown('wait'))
    expect(said()).toBe(first)
  }
  expect(waits).toEqual(['4 s', '3 s', '2 s', '1 s'])
  await pass(1000)
  expect(shown('wait')).toBe('')
  expect(said()).toBe('You can try again now.')
  expect(shown('problem')).toContain('then try again.')
})

it('speaks again for the next wrong one', async () => {
  const { rerender } = render(<Shows failure={wrong(SAMPLE_NOW_MS + 1000)} />)
  await pass(1000)
  rerender(<Shows failure={wrong(SAMPLE_NOW_MS + 3000)} />)
  expect(said()).toContain('you can try again in 2 s.')
})

it('waits for what the vault says where this page has tried nothing yet', async () => {
  render(<Shows failure={null} retryAtMs={SAMPLE_NOW_MS + 2000} />)
  expect(shown('problem')).toBe('You can try again in 2 s.')
  await pass(2000)
  expect([shown('problem'), shown('wait')]).toEqual(['', ''])
})

it('takes the later of the two times', () => {
  render(<Shows failure={wrong(SAMPLE_NOW_MS + 1000)} retryAtMs={SAMPLE_NOW_MS + 9000} />)
  expect(shown('wait')).toBe('9 s')
})

it('forgets a try that came too early, once it may be made', async () => {
  const early = fail('VAULT_TRY_LATER', {
    message: 'Too many wrong passphrases',
    retryAtMs: SAMPLE_NOW_MS + 1000,
  })
  render(<Shows failure={early.failure} />)
  expect(shown('problem')).toBe('Too many wrong passphrases. You can try again in 1 s.')
  await pass(1000)
  expect(shown('problem')).toBe('')
})

it('leaves other failures to others', () => {
  render(<Shows failure={fail('VAULT_WRITE_FAILED').failure} />)
  expect([shown('problem'), shown('wait'), said()]).toEqual(['', '', ''])
})

it.each([
  [4, '4 s'],
  [59, '59 s'],
  [60, '1 min'],
  [125, '2 min 5 s'],
])('%i seconds are %s', (seconds, words) => {
  expect(waitWords(seconds)).toBe(words)
})
