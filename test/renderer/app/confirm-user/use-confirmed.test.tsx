import { act, screen, waitFor } from '@testing-library/react'
// Read beforehand, so that no test waits for a part of the page to be built.
import '../../../../renderer/app/confirm-user/confirm-user-dialog.tsx'
import { useState } from 'react'
import { expect, it, vi } from 'vitest'
import type { Result } from '../../../../main/contract/errors.ts'
import type { UserCheckKind } from '../../../../main/contract/views.ts'
import { useConfirmed } from '../../../../renderer/app/confirm-user/use-confirmed.ts'
import { Button } from '../../../../renderer/parts/button.tsx'
import { fail, type Overrides, ok } from '../../fake-api.ts'
import { renderView } from '../../render-view.tsx'
import { sampleSecurity, sampleSnapshot } from '../../sample-snapshot.ts'

const GOOD = 'four unrelated words'
const needed = fail('USER_CHECK_REQUIRED', { message: 'It has to be you' })
const wrong = fail('VAULT_WRONG_PASSPHRASE', {
  message: 'This is not the passphrase',
  advice: 'Check Caps Lock and the keyboard layout, then try again.',
})

/** Shows what the guarded call came to. */
function Asker({ call }: { readonly call: () => Promise<Result<string>> }) {
  const confirmed = useConfirmed()
  const [came, setCame] = useState('nothing yet')
  async function ask(): Promise<void> {
    const result = await confirmed(call)
    setCame(result === null ? 'called off' : result.ok ? result.value : result.failure.code)
  }
  return (
    <>
      <Button onPress={() => void ask()}>Show it</Button>
      <output>{came}</output>
    </>
  )
}

async function show(kind: UserCheckKind, overrides: Overrides = {}, protection = 'passphrase') {
  const base = sampleSnapshot(6)
  const snapshot = {
    ...base,
    vault: { ...base.vault, protection: protection as 'passphrase' },
    security: { ...sampleSecurity({ asksBeforeSecrets: true }), userCheck: kind },
  }
  const call = vi
    .fn<() => Promise<Result<string>>>()
    .mockResolvedValueOnce(needed)
    .mockResolvedValue(ok('done'))
  const view = await renderView(<Asker call={call} />, { snapshot, overrides })
  await view.user.click(button('Show it'))
  return { ...view, call }
}

const button = (name: string) => screen.getByRole('button', { name })
const field = () => screen.findByLabelText<HTMLInputElement>('Passphrase')
const output = () => document.querySelector('output')?.textContent

it('asks for the passphrase, runs the call again, and gives the focus back', async () => {
  const { api, user, call } = await show('passphrase')
  const input = await field()
  expect(document.activeElement).toBe(input)
  expect(screen.getByRole('dialog', { name: 'Is it you?' })).toBeTruthy()
  await user.keyboard(`${GOOD}{Enter}`)
  expect(api.callsTo('vault/confirm-user')).toEqual([[GOOD]])
  await waitFor(() => expect(output()).toBe('done'))
  expect(call).toHaveBeenCalledTimes(2)
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(document.body.innerHTML).not.toContain(GOOD)
  await waitFor(() => expect(document.activeElement).toBe(button('Show it')))
})

it('does not ask where main does not want to know', async () => {
  const { user, call } = await show('passphrase')
  await field()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(output()).toBe('called off'))
  await user.click(button('Show it'))
  await waitFor(() => expect(output()).toBe('done'))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(call).toHaveBeenCalledTimes(2)
})

it.each(['Cancel', 'Close'])('%s leaves everything as it was', async (name) => {
  const { api, user, call } = await show('passphrase')
  await user.type(await field(), GOOD)
  await user.click(button(name))
  await waitFor(() => expect(output()).toBe('called off'))
  expect(call).toHaveBeenCalledTimes(1)
  expect(api.callsTo('vault/confirm-user')).toEqual([])
  await waitFor(() => expect(document.activeElement).toBe(button('Show it')))
})

it('says at the field that the passphrase is wrong, and counts down', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], shouldAdvanceTime: true })
  try {
    const { api, user } = await show('passphrase', {
      'vault/confirm-user': () =>
        fail('VAULT_WRONG_PASSPHRASE', {
          ...wrong.failure,
          retryAtMs: Date.now() + 4000,
        }),
    })
    await user.type(await field(), `${GOOD}{Enter}`)
    expect(await screen.findByRole('button', { name: 'Confirm in 4 s' })).toBeTruthy()
    expect((await field()).value).toBe('')
    expect(document.activeElement).toBe(screen.getByLabelText('Passphrase'))
    expect(described(await field())).toContain('you can try again in 4 s.')
    await user.keyboard(`${GOOD}{Enter}`)
    expect(api.callsTo('vault/confirm-user')).toHaveLength(1)
    await act(async () => vi.advanceTimersByTime(4000))
    expect(button('Confirm').getAttribute('aria-disabled')).toBeNull()
    await user.keyboard('{Enter}')
    expect(api.callsTo('vault/confirm-user')).toHaveLength(2)
  } finally {
    vi.useRealTimers()
  }
})

it('wants a passphrase before it asks main', async () => {
  const { api, user } = await show('passphrase')
  await field()
  await user.keyboard('{Enter}')
  expect(api.callsTo('vault/confirm-user')).toEqual([])
  expect(described(await field())).toBe('Enter the passphrase.')
})

it('asks for Touch ID, and says when it did not confirm', async () => {
  const answers = [fail('USER_CHECK_FAILED', { message: 'Touch ID said no' }), ok({ seconds: 300 })]
  const { api, user } = await show(
    'touch-id',
    { 'vault/confirm-user': () => answers.shift() ?? ok({ seconds: 300 }) },
    'keyring',
  )
  const touch = await screen.findByRole('button', { name: 'Use Touch ID' })
  expect(document.activeElement).toBe(touch)
  expect(screen.queryByRole('button', { name: /passphrase/ })).toBeNull()
  await user.keyboard('{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('Touch ID said no')
  await user.click(button('Use Touch ID'))
  await waitFor(() => expect(output()).toBe('done'))
  expect(api.callsTo('vault/confirm-user')).toEqual([[null], [null]])
})

it('takes the passphrase instead of Touch ID where there is one', async () => {
  const { api, user } = await show('touch-id')
  await user.click(await screen.findByRole('button', { name: 'Use the passphrase instead' }))
  await user.type(await field(), `${GOOD}{Enter}`)
  expect(api.callsTo('vault/confirm-user')).toEqual([[GOOD]])
})

it('passes the refusal on where there is nothing to ask for', async () => {
  await show(null)
  await waitFor(() => expect(output()).toBe('USER_CHECK_REQUIRED'))
  expect(screen.queryByRole('dialog')).toBeNull()
})

it('does not ask for ever: a second refusal is passed on', async () => {
  const base = sampleSnapshot(6)
  const { user } = await renderView(<Asker call={async () => needed} />, {
    snapshot: { ...base, security: { ...base.security, userCheck: 'passphrase' } },
  })
  await user.click(button('Show it'))
  await user.type(await field(), `${GOOD}{Enter}`)
  await waitFor(() => expect(output()).toBe('USER_CHECK_REQUIRED'))
})

it('one dialog answers all who wait', async () => {
  let count = 0
  const call = async (): Promise<Result<string>> => {
    count += 1
    return count <= 2 ? needed : ok('done')
  }
  function Two() {
    const confirmed = useConfirmed()
    const [came, setCame] = useState<string[]>([])
    async function both(): Promise<void> {
      const all = await Promise.all([confirmed(call), confirmed(call)])
      setCame(all.map((one) => (one?.ok ? one.value : 'no')))
    }
    return (
      <>
        <Button onPress={() => void both()}>Show it</Button>
        <output>{came.join(' ')}</output>
      </>
    )
  }
  const base = sampleSnapshot(6)
  const { api, user } = await renderView(<Two />, {
    snapshot: { ...base, security: { ...base.security, userCheck: 'passphrase' } },
  })
  await user.click(button('Show it'))
  await user.type(await field(), `${GOOD}{Enter}`)
  await waitFor(() => expect(output()).toBe('done done'))
  expect(api.callsTo('vault/confirm-user')).toHaveLength(1)
})

function described(element: HTMLElement): string | null | undefined {
  return document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent
}
